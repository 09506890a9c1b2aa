"""Reports of a period: asked for by one button, read as page, PDF and workbook, made again from their snapshot."""
