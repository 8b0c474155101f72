"""The service: HTTP for apps, closed by default. ``app.create_app`` is the only wiring."""
