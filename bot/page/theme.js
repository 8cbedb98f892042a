// Runs before the page is drawn, so that a chosen darkness does not flash.
try {
  const chosen = JSON.parse(localStorage.getItem("themenbote.theme"));
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // Without storage the page follows the system.
}
