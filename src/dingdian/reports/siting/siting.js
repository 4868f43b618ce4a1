/* The map of chosen sites: districts, who is not reached, who stands, where the next ones go. */

const INK = { border: "#5c6770", chosen: "#9b1c1c", standing: "#0b3c5d", other: "#6b4897", now: "#1b7837", not: "#dd8f2d" };
const EQUATOR = 40075016.68557849; // metres
const byId = (id) => document.getElementById(id);
const worldX = (lon) => (lon + 180) / 360;
const worldY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

/** Positions in steps as places in the world, 0 to 1 both ways, y downwards. */
function placed(given) {
  const lon = unpack(given.lon), lat = unpack(given.lat);
  return { n: lon.length, lon, lat, x: lon.map((each) => worldX(each / data.steps)), y: lat.map((each) => worldY(each / data.steps)) };
}

const unserved = { ...placed(data.unserved), people: unpack(data.unserved.people), now: unpack(data.unserved.now) };
const standing = placed(data.standing);
const others = { ...placed(data.others), closed: unpack(data.others.closed) };
const chosen = data.chosen.map((each) => ({ ...each, x: worldX(each.lon), y: worldY(each.lat) }));
const districts = data.districts.map((each) => ({ ...each, rings: each.rings.map(([lon, lat]) => placed({ lon, lat })) }));

/** How large a locality is painted: those of few people smaller, so that they do not drown the rest. */
const sorted = Float64Array.from(unserved.people).sort();
const many = sorted[Math.floor(0.95 * sorted.length)] || 1;
const share = unserved.people.map((each) => Math.max(0.3, Math.min(1, Math.sqrt(each / many))));

// -- the map --------------------------------------------------------------------------

const map = L.map("map", { zoomControl: false, attributionControl: false, zoomAnimation: false, fadeAnimation: false, inertia: false, zoomSnap: 0.25, zoomDelta: 0.5, minZoom: 4, maxZoom: 18 });
L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
const canvas = byId("sheet"), context = canvas.getContext("2d");
let selected = -1, waiting = false;

/** The corners of everything that has a place, or null. */
function extent() {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const widen = (points) => {
    for (let row = 0; row < points.n; row++) {
      west = Math.min(west, points.lon[row]);
      east = Math.max(east, points.lon[row]);
      south = Math.min(south, points.lat[row]);
      north = Math.max(north, points.lat[row]);
    }
  };
  const outlines = districts.flatMap((each) => each.rings);
  (outlines.length ? outlines : [unserved, standing, others]).forEach(widen);
  return west > east ? null : [[south / data.steps, west / data.steps], [north / data.steps, east / data.steps]];
}

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

function windowOf() {
  const scale = 256 * 2 ** map.getZoom(), size = map.getSize(), corner = map.getPixelBounds().min;
  return { scale, left: corner.x, top: corner.y, width: size.x, height: size.y };
}

function inWindow(points, view, each) {
  for (let row = 0; row < points.n; row++) {
    const x = points.x[row] * view.scale - view.left, y = points.y[row] * view.scale - view.top;
    if (x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20) each(row, x, y);
  }
}

function outline(view, district) {
  context.beginPath();
  for (const ring of district.rings) {
    for (let at = 0; at < ring.n; at++) {
      const x = ring.x[at] * view.scale - view.left, y = ring.y[at] * view.scale - view.top;
      if (at) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    context.closePath();
  }
}

const metresAt = (y) => EQUATOR / Math.cosh(Math.PI * (1 - 2 * y));

function drawUnserved(view) {
  const middle = (view.top + view.height / 2) / view.scale;
  const side = Math.min(14, Math.max(1.5, (0.9 * data.spacing * view.scale) / metresAt(middle)));
  for (const now of [0, 1]) {
    inWindow(unserved, view, (row, x, y) => unserved.now[row] === now && mark(context, x, y, now ? "now" : "not", side * share[row]));
  }
}

function drawChosen(view) {
  context.font = `bold 12px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  chosen.forEach((each, at) => {
    const x = each.x * view.scale - view.left, y = each.y * view.scale - view.top;
    context.beginPath();
    context.arc(x, y, (data.radius * view.scale) / metresAt(each.y), 0, 2 * Math.PI);
    context.strokeStyle = INK.chosen;
    context.lineWidth = 1.6;
    context.stroke();
    mark(context, x, y, "chosen", at === selected ? 13 : 9.5);
    context.fillStyle = "#ffffff";
    context.fillText(at + 1, x, y + 0.5);
  });
}

function drawNames(view) {
  context.font = `bold 13px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  for (const { label, name } of districts) {
    if (!label) continue;
    const x = worldX(label[0]) * view.scale - view.left, y = worldY(label[1]) * view.scale - view.top;
    context.strokeStyle = "rgba(255,255,255,.92)";
    context.lineWidth = 3.5;
    context.strokeText(name, x, y);
    context.fillStyle = "#14202b";
    context.fillText(name, x, y);
  }
}

function draw() {
  const view = windowOf(), ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  canvas.style.width = `${view.width}px`;
  canvas.style.height = `${view.height}px`;
  if (!canvas.width || !canvas.height) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const each of districts) {
    outline(view, each);
    context.fillStyle = "#ffffff";
    context.fill("evenodd");
  }
  drawUnserved(view);
  for (const each of districts) {
    outline(view, each);
    context.strokeStyle = INK.border;
    context.lineWidth = 1.1;
    context.stroke();
  }
  const size = Math.min(5, Math.max(1.6, 1.7 + (map.getZoom() - 9) * 0.6));
  inWindow(standing, view, (row, x, y) => mark(context, x, y, "standing", size));
  if (byId("others").checked) inWindow(others, view, (row, x, y) => mark(context, x, y, others.closed[row] ? "closed" : "other", 4.5));
  drawNames(view);
  drawChosen(view);
  document.body.dataset.drawn = String(Number(document.body.dataset.drawn ?? 0) + 1);
}

function redraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw();
  });
}

/** What lies under a pixel, in words; empty for nothing. */
function under(x, y) {
  const view = windowOf(), near = (point, reach) => (point.x * view.scale - view.left - x) ** 2 + (point.y * view.scale - view.top - y) ** 2 < reach * reach;
  const site = chosen.findIndex((each) => near(each, 11));
  if (site >= 0) return `${site + 1}. ${chosen[site].name} ${say("people", { n: chosen[site].newly })}`;
  if (!byId("others").checked) return "";
  for (let row = 0; row < others.n; row++) {
    if (near({ x: others.x[row], y: others.y[row] }, 6)) return `${data.others.name[row]} ${data.others.why[row]}`;
  }
  return "";
}

// -- the table ------------------------------------------------------------------------

function make(tag, fields = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
}

function go(at) {
  selected = at;
  map.setView([chosen[at].lat, chosen[at].lon], Math.max(map.getZoom(), 13), { animate: false });
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

const everywhere = extent();
const showAll = () => map.fitBounds(everywhere ?? [[35, 100], [40, 110]], { animate: false, padding: [14, 14] });
const hint = byId("hint");
map.on("mousemove click", ({ containerPoint: { x, y } }) => {
  const text = under(x, y);
  hint.hidden = !text;
  hint.textContent = text;
  hint.style.left = "0";
  const { width, height } = hint.getBoundingClientRect(), room = map.getSize();
  hint.style.left = `${Math.max(0, Math.min(x + 14, room.x - width - 4))}px`;
  hint.style.top = `${Math.max(0, Math.min(y + 12, room.y - height - 4))}px`;
});
map.on("mouseout", () => (hint.hidden = true));
map.on("move zoom resize", redraw);
byId("whole").addEventListener("click", showAll);
byId("others").addEventListener("change", redraw);
document.querySelectorAll("[data-mark]").forEach((each) => mark(each.getContext("2d"), 14, 8, each.dataset.mark, ["now", "not"].includes(each.dataset.mark) ? 9 : 5));
fillTable();
showAll();
byId("empty").hidden = everywhere !== null;
draw();
document.body.dataset.ready = "yes";
