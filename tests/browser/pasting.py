"""Pasting into a cell, as from a spreadsheet."""

from playwright.sync_api import Locator


def paste(target: Locator, *lines: str) -> None:
    """Paste lines of cells into a cell, as a spreadsheet copies them."""
    target.focus()
    target.evaluate(
        "(cell, text) => { const clipboardData = new DataTransfer();"
        " clipboardData.setData('text/plain', text); cell.dispatchEvent(new ClipboardEvent('paste',"
        " { clipboardData, bubbles: true, cancelable: true, composed: true })) }",
        "".join(f"{line}\r\n" for line in lines),
    )
