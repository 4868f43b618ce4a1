/* The map of chosen sites: districts, who is not reached, who stands, where the next ones go. */

const INK = { chosen: "#9b1c1c", standing: "#0b3c5d", other: "#6b4897", now: "#1b7837", not: "#dd8f2d" };

const unserved = { ...placed(data.unserved), people: unpack(data.unserved.people), now: unpack(data.unserved.now) };
const standing = placed(data.standing);
const others = { ...placed(data.others), closed: unpack(data.others.closed) };
const chosen = data.chosen.map((each) => ({ ...each, x: worldX(each.lon), y: worldY(each.lat) }));
let selected = -1;

/** How large a locality is painted: those of few people smaller, so that they do not drown the rest. */
const sorted = Float64Array.from(unserved.people).sort();
const many = sorted[Math.floor(0.95 * sorted.length)] || 1;
const share = unserved.people.map((each) => Math.max(0.3, Math.min(1, Math.sqrt(each / many))));

function mark(own, x, y, name, size) {
  own.beginPath();
  if (name === "now" || name === "not") {
    own.fillStyle = INK[name];
    own.fillRect(x - size / 2, y - size / 2, size, size);
    return;
  }
  own.arc(x, y, size, 0, 2 * Math.PI);
  own.lineWidth = 1.3;
  own.strokeStyle = name === "closed" || name === "other" ? INK.other : "#ffffff";
  own.fillStyle = name === "closed" || name === "other" ? "#ffffff" : INK[name];
  own.fill();
  own.stroke();
  if (name !== "closed") return;
  own.beginPath();
  own.moveTo(x - size, y - size);
  own.lineTo(x + size, y + size);
  own.stroke();
}

function drawUnserved(view) {
  const middle = (view.top + view.height / 2) / view.scale;
  const side = Math.min(14, Math.max(1.5, (0.9 * data.spacing * view.scale) / metresAt(middle)));
  for (const now of [0, 1]) {
    inWindow(unserved, view, (row, x, y) => unserved.now[row] === now && mark(context, x, y, now ? "now" : "not", side * share[row]));
  }
}

/** Where each mark is drawn: beside its site where another already lies there. */
function placeChosen(view, taken) {
  for (const [at, each] of chosen.entries()) {
    const own = inPixels(view, each.x, each.y), size = at === selected ? 14 : 10;
    const inside = own[0] > -20 && own[1] > -20 && own[0] < view.width + 20 && own[1] < view.height + 20;
    each.own = own;
    each.at = (inside && sidestep(taken, ...own, [size, size, size, size], 72)) || own;
  }
}

function drawChosen(view) {
  context.font = `bold 12px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const each of chosen) {
    ring(view, each, data.radius, INK.chosen);
    leader(each.own, each.at, INK.chosen);
  }
  chosen.forEach((each, at) => {
    const [x, y] = each.at;
    mark(context, x, y, "chosen", at === selected ? 13 : 9.5);
    context.fillStyle = "#ffffff";
    context.fillText(at + 1, x, y + 0.5);
  });
}

function above(view) {
  const size = Math.min(5, Math.max(1.6, 1.7 + (map.getZoom() - 9) * 0.6));
  inWindow(standing, view, (row, x, y) => mark(context, x, y, "standing", size));
  if (byId("others").checked) inWindow(others, view, (row, x, y) => mark(context, x, y, others.closed[row] ? "closed" : "other", 4.5));
  const taken = [];
  placeChosen(view, taken);
  drawNames(view, taken);
  drawChosen(view);
}

/** What lies under a pixel, in words; empty for nothing. */
function under(x, y) {
  const view = windowOf(), near = (point, reach) => (point.x * view.scale - view.left - x) ** 2 + (point.y * view.scale - view.top - y) ** 2 < reach * reach;
  const site = chosen.findIndex(({ at }) => at && (at[0] - x) ** 2 + (at[1] - y) ** 2 < 121);
  if (site >= 0) return `${site + 1}. ${chosen[site].name} ${say("people", { n: chosen[site].newly })}`;
  if (!byId("others").checked) return "";
  for (let row = 0; row < others.n; row++) {
    if (near({ x: others.x[row], y: others.y[row] }, 6)) return `${data.others.name[row]} ${data.others.why[row]}`;
  }
  return "";
}

// -- the table ------------------------------------------------------------------------

function go(at) {
  selected = at;
  bring(chosen[at].lon, chosen[at].lat);
  redraw();
}

function fillTable() {
  const sent = chosen.some((each) => each.allotted) ? ["allotted"] : [];
  const heads = ["number", "place", ...sent, "newly", "alone", "nearest", "spacing"];
  const rows = chosen.map((each, at) => {
    const place = make("button", { type: "button", className: "link", textContent: each.name || each.where });
    place.addEventListener("click", () => go(at));
    const cells = [at + 1, make("span", {}, place, make("span", { className: "why" }, each.where)), ...sent.map((name) => each[name]), each.newly, each.alone, each.nearest, each.spacing];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  const head = make("thead", {}, make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, say(each)))));
  byId("chosen").append(make("table", {}, make("caption", {}, say("table")), head, make("tbody", {}, ...rows)));
}

byId("others").addEventListener("change", redraw);
document.querySelectorAll("[data-mark]").forEach((each) => mark(each.getContext("2d"), 14, 8, each.dataset.mark, ["now", "not"].includes(each.dataset.mark) ? 9 : 5));
fillTable();
begin({ points: [unserved, standing, others], below: drawUnserved, above, under });
