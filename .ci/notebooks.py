"""Reads notebooks/ with Jupyter's own tools: valid by the official schema, and rendered whole."""

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

paths = sorted(Path("notebooks").glob("*.ipynb"))
assert len(paths) == 6, f"expected 6 notebooks, found {len(paths)}"
for path in paths:
    notebook = nbformat.read(path, as_version=4)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    page = page.replace("\xa0", " ").replace("&nbsp;", " ")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    tables = sum("text/html" in output.get("data", {}) for output in outputs)
    charts = sum("image/svg+xml" in output.get("data", {}) for output in outputs)
    assert page.count("<caption>") == tables, path
    assert page.count("image/svg+xml") >= charts, path
    for cell in code:
        assert f"In [{cell.execution_count}]:" in page, path
    print(f"{path}: {len(notebook.cells)} cells, {tables} tables, {charts} charts")
