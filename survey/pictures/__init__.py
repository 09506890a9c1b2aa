"""Pictures and PDFs made on the server by the system's Chromium, from the same figures and pages that people see.

    possible()                whether there is a Chromium
    drawn(figures, Kind.SVG)  each figure as SVG, PNG or PDF, by the project's own plotly.js; kept by content
    printed(html)             a page that needs nothing else, as PDF

Raises NotMade with the reason. A picture takes seconds: only the worker and commands ask for one.
"""

from survey.pictures.chromium import NotMade, possible
from survey.pictures.drawing import Kind, drawn
from survey.pictures.printing import printed

__all__ = ["Kind", "NotMade", "drawn", "possible", "printed"]
