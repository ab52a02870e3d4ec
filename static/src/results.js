/* Curves. The table beside each is there first and stays; Chart.js is fetched only when a curve comes into
   view. */

const watcher = new IntersectionObserver(drawVisible, { rootMargin: "200px" });

document.querySelectorAll("[data-chart=line]").forEach((figure) => watcher.observe(figure));

function drawVisible(entries) {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    import("./parts/curve.js").then(({ drawCurve }) => drawCurve(target));
  }
}
