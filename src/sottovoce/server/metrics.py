"""Measures for Prometheus: base units, and nothing of a person in any label."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from sottovoce import __version__

REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What one service counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "sottovoce_http_request_duration_seconds",
            "From the first byte of a request to the last of its answer.",
            ("method", "route", "status"),
            buckets=REQUEST_BUCKETS_S,
            registry=self.registry,
        )
        self.analyses = Histogram(
            "sottovoce_analysis_duration_seconds",
            "How long hearing a memo took.",
            buckets=REQUEST_BUCKETS_S,
            registry=self.registry,
        )
        self.heard = self.counter("sottovoce_audio_seconds", "Sound that was heard.")
        self.unread = self.counter(
            "sottovoce_decode_failures", "Files that could not be read.", "reason"
        )
        self.waiting = self.gauge("sottovoce_memos_waiting", "Memos that wait to be heard.")
        self.queued = self.gauge("sottovoce_jobs_queued", "Jobs that wait or run.")
        self.live = self.gauge("sottovoce_live_sessions", "Live sessions that have not ended.")
        build = self.gauge("sottovoce_build_info", "The version that runs.", "version")
        build.labels(__version__).set(1)

    def counter(self, name: str, words: str, *labels: str) -> Counter:
        """A counter of this service."""
        return Counter(name, words, labels, registry=self.registry)

    def gauge(self, name: str, words: str, *labels: str) -> Gauge:
        """A gauge of this service."""
        return Gauge(name, words, labels, registry=self.registry)

    def answered(self, method: str, route: str, status: int, elapsed_s: float) -> None:
        """A request is over."""
        self.requests.labels(method, route, str(status)).observe(elapsed_s)

    def as_text(self) -> bytes:
        """All of it in the exposition format."""
        return generate_latest(self.registry)
