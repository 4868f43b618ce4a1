/* Districts and points on one canvas over a map: what the pages of advice share. A page brings its
   own points, says what is painted below and above the borders, and calls `begin`. */

const BORDER = "#5c6770", NAMES = "#14202b", HALO = "rgba(255,255,255,.92)";
const byId = (id) => document.getElementById(id);

/** An element with properties and children; texts stay texts. */
function make(tag, fields = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
}

/** Positions in steps as places in the world; `known` is 0 where there is none. */
function placed(given) {
  const lon = unpack(given.lon), lat = unpack(given.lat);
  return {
    n: lon.length,
    lon,
    lat,
    x: lon.map((each) => worldX(each / data.steps)),
    y: lat.map((each) => worldY(each / data.steps)),
    known: lon.map((each, row) => Number(each !== 0 || lat[row] !== 0)),
  };
}

const districts = data.districts.map((each) => ({ ...each, rings: each.rings.map(([lon, lat]) => placed({ lon, lat })) }));

const map = L.map("map", { zoomControl: false, attributionControl: false, zoomAnimation: false, fadeAnimation: false, inertia: false, zoomSnap: 0.25, zoomDelta: 0.5, minZoom: 4, maxZoom: 18 });
L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
const canvas = byId("sheet"), context = canvas.getContext("2d");

/** The corners of the rings, or of the points where there are none, or null. */
function extent(rings, points) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const each of rings.length ? rings : points) {
    for (let row = 0; row < each.n; row++) {
      if (!each.known[row]) continue;
      west = Math.min(west, each.lon[row]);
      east = Math.max(east, each.lon[row]);
      south = Math.min(south, each.lat[row]);
      north = Math.max(north, each.lat[row]);
    }
  }
  return west > east ? null : [[south / data.steps, west / data.steps], [north / data.steps, east / data.steps]];
}

// -- painting -------------------------------------------------------------------------

function windowOf() {
  const scale = 256 * 2 ** map.getZoom(), size = map.getSize(), corner = map.getPixelBounds().min;
  return { scale, left: corner.x, top: corner.y, width: size.x, height: size.y };
}

/** Where a place of the world stands in the window. */
const inPixels = (view, x, y) => [x * view.scale - view.left, y * view.scale - view.top];

function inWindow(points, view, each) {
  for (let row = 0; row < points.n; row++) {
    if (!points.known[row]) continue;
    const [x, y] = inPixels(view, points.x[row], points.y[row]);
    if (x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20) each(row, x, y);
  }
}

/** A circle of so many metres around a place. */
function ring(view, place, metres, ink) {
  const [x, y] = inPixels(view, place.x, place.y);
  context.beginPath();
  context.arc(x, y, (metres * view.scale) / metresAt(place.y), 0, 2 * Math.PI);
  context.strokeStyle = ink;
  context.lineWidth = 1.6;
  context.stroke();
}

function outline(view, district) {
  context.beginPath();
  for (const ring of district.rings) {
    for (let at = 0; at < ring.n; at++) {
      const [x, y] = inPixels(view, ring.x[at], ring.y[at]);
      if (at) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    context.closePath();
  }
}

/** Whether a box is free; one that is taken lets nothing more lie on it. */
function free(taken, box) {
  if (taken.some((o) => box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3])) return false;
  taken.push(box);
  return true;
}

/** The free place nearest to (x, y), at most `far` pixels away, for a box around it; it is taken. Null where there is none. */
function sidestep(taken, x, y, [left, up, right, down], far) {
  for (let reach = 0; reach <= far; reach += 6) {
    const turns = reach ? 16 : 1;
    for (let turn = 0; turn < turns; turn++) {
      const angle = (2 * Math.PI * turn) / turns, atX = x + reach * Math.cos(angle), atY = y + reach * Math.sin(angle);
      if (free(taken, [atX - left, atY - up, atX + right, atY + down])) return [atX, atY];
    }
  }
  return null;
}

/** A thin line from where something belongs to where it is drawn. */
function leader([x0, y0], [x1, y1], ink) {
  if (Math.hypot(x1 - x0, y1 - y0) < 1) return;
  for (const [colour, wide] of [[HALO, 3.5], [ink, 1.3]]) {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  }
}

/** Names of the districts; one that would lie on another, or on what is taken, steps aside. */
function drawNames(view, taken = []) {
  context.font = `bold 13px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { label, name } of districts) {
    if (!label) continue;
    const own = inPixels(view, worldX(label[0]), worldY(label[1])), wide = context.measureText(name).width / 2 + 1;
    const [x, y] = sidestep(taken, ...own, [wide, 12, wide, 4], 90) ?? own;
    context.strokeStyle = HALO;
    context.lineWidth = 3.5;
    context.strokeText(name, x, y);
    context.fillStyle = NAMES;
    context.fillText(name, x, y);
  }
}

let page = null, waiting = false;

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
  page.below(view);
  for (const each of districts) {
    outline(view, each);
    context.strokeStyle = BORDER;
    context.lineWidth = 1.1;
    context.stroke();
  }
  page.above(view);
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

const fit = (corners) => map.fitBounds(corners, { animate: false, padding: [14, 14] });

/** A place in the middle of the window, near enough to see what is around it. */
const bring = (lon, lat) => map.setView([lat, lon], Math.max(map.getZoom(), 13), { animate: false });

/** Show the page: `points` it has, `below` and `above` paint, `under` names what lies at a pixel. */
function begin(own) {
  page = own;
  const everywhere = extent(districts.flatMap((each) => each.rings), own.points);
  const showAll = () => fit(everywhere ?? [[35, 100], [40, 110]]);
  const hint = byId("hint");
  map.on("mousemove click", ({ containerPoint: { x, y } }) => {
    const text = own.under(x, y);
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
  showAll();
  byId("empty").hidden = everywhere !== null;
  draw();
  document.body.dataset.ready = "yes";
}
