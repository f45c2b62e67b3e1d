/* global DOCUMENTATION_OPTIONS */
// The theme shows results while one types, if this is set; the page of the search does it itself.
if (!location.pathname.endsWith("/search.html")) {
  DOCUMENTATION_OPTIONS.search_as_you_type = true;
}

// The line that installs the package names the wheel by the address from which the page came.
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-file]")) {
    element.textContent = new URL(element.dataset.file, location.href).href;
  }
});
