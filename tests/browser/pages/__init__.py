"""Small pages that the browser tests open."""
