/* Draws the columns of the neighbouring table as lines over its first column. */

import { Chart, CategoryScale, LinearScale, LineController, LineElement, PointElement } from "chart.js";

Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement, endLabels());

export function drawCurve(figure) {
  const plot = document.createElement("div");
  plot.className = "plot";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.dataset.reading);
  plot.append(canvas);
  figure.querySelector(".scroll, table").before(plot);
  const data = dataOf(figure);
  let chart = new Chart(canvas, settings(data, plot));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    chart.destroy();
    chart = new Chart(canvas, settings(data, plot));
  });
}

function dataOf(figure) {
  const [head, ...rows] = [...figure.querySelectorAll("thead tr, tbody tr")].map((row) => [...row.cells]);
  const names = head.map((cell) => cell.textContent.trim());
  const labels = rows.map(([day]) => day.textContent.trim());
  const column = (index) => rows.map((cells) => number(cells[index]));
  const lines = names.slice(1).map((name, index) => ({ name, values: column(index + 1) }));
  const { target, targetLabel } = figure.dataset;
  if (target) lines.push({ name: targetLabel, values: labels.map(() => Number(target)), isTarget: true });
  return { labels, lines };
}

/* An empty cell is a gap. data-value carries the plain number, since "1,204" means two things in Europe. */
function number(cell) {
  const text = cell.dataset.value ?? cell.textContent.replace(/[^\d.-]/g, "");
  return text === "" ? null : Number(text);
}

function settings({ labels, lines }, plot) {
  const colour = (name) => getComputedStyle(plot).getPropertyValue(name).trim();
  const ink = colour("--ink-soft");
  const font = { family: getComputedStyle(plot).fontFamily, size: 14 };
  const tick = { color: ink, font };
  const dashes = [[], [8, 4], [2, 3]];
  return {
    type: "line",
    data: {
      labels,
      datasets: lines.map(({ name, values, isTarget }, index) => ({
        label: name,
        data: values,
        borderColor: isTarget ? ink : colour("--accent"),
        backgroundColor: colour("--accent"),
        borderDash: isTarget ? [4, 4] : dashes[index % dashes.length],
        isTarget,
        borderWidth: isTarget ? 1.5 : 2.5,
        pointRadius: isTarget || values.length > 40 ? 0 : 3,
        spanGaps: false,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      locale: document.documentElement.lang,
      layout: { padding: { right: 24, top: 24 } },
      plugins: { endLabels: { ink: colour("--ink"), font } },
      scales: {
        x: {
          reverse: document.dir === "rtl",
          grid: { display: false },
          ticks: { ...tick, maxTicksLimit: 6, maxRotation: 0 },
        },
        y: {
          beginAtZero: true,
          grid: { color: colour("--line") },
          ticks: { ...tick, precision: 0, maxTicksLimit: 5 },
        },
      },
    },
  };
}

/* The name of a line stands at its end, that of the target at its start: no legend to look up. */
function endLabels() {
  return {
    id: "endLabels",
    afterDatasetsDraw(chart, _arguments, look) {
      const taken = [];
      chart.data.datasets.forEach((set, index) => {
        const points = chart.getDatasetMeta(index).data.filter((point) => !point.skip);
        if (points.length) taken.push(drawLabel(chart.ctx, set, points, look, taken));
      });
    },
  };
}

/* Where another label stands already, this one goes below it. Gives the height at which it stands. */
function drawLabel(ctx, { label, isTarget }, points, { ink, font }, taken) {
  const [beside, end] = isTarget ? [points[1], points[0]] : points.slice(-2);
  const { x, y } = end ?? beside;
  const isFalling = !isTarget && end && beside.y < y;
  ctx.save();
  ctx.font = `600 ${font.size}px ${font.family}`;
  ctx.fillStyle = ink;
  ctx.textAlign = x > ctx.canvas.clientWidth / 2 ? "right" : "left";
  const line = font.size + 2;
  let height = isFalling ? y + 22 : y - 10;
  while (taken.some((other) => Math.abs(other - height) < line)) height += line;
  ctx.fillText(label, x, height);
  ctx.restore();
  return height;
}
