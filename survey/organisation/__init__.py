"""The tree of units and the service types."""

from survey.organisation import import_routes, service_type_routes

__all__ = ["import_routes", "service_type_routes"]
