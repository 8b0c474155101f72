"""Alerts: off until asked for, few, gentle, and never from one memo."""
