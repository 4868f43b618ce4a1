/* The map of access: localities shaded by what their people have within reach, and who serves. */

const INK = "#9b1c1c", NOTHING = "#dd8f2d", UNDEFINED = "#ffffff";
const places = { ...placed(data.places), shade: unpack(data.places.shade) };
const providers = placed(data.providers);
const fill = (shade) => data.fills[shade] ?? (Number(shade) === data.fills.length ? NOTHING : UNDEFINED);

function square(own, x, y, size, shade) {
  own.fillStyle = fill(shade);
  own.fillRect(x - size / 2, y - size / 2, size, size);
  if (fill(shade) !== UNDEFINED) return;
  own.strokeStyle = BORDER;
  own.strokeRect(x - size / 2, y - size / 2, size, size);
}

function dot(own, x, y, size) {
  own.beginPath();
  own.arc(x, y, size, 0, 2 * Math.PI);
  own.fillStyle = INK;
  own.strokeStyle = "#ffffff";
  own.fill();
  own.stroke();
}

/** The side of a locality: as wide as cells stand apart. */
function side(view) {
  const middle = (view.top + view.height / 2) / view.scale;
  return Math.min(16, Math.max(1.5, (data.spacing * view.scale) / metresAt(middle)));
}

function below(view) {
  const size = side(view);
  inWindow(places, view, (row, x, y) => square(context, x, y, size, places.shade[row]));
}

function above(view) {
  const size = Math.min(5, Math.max(1.6, 1.7 + (map.getZoom() - 9) * 0.6));
  if (byId("providers").checked) inWindow(providers, view, (row, x, y) => dot(context, x, y, size));
  drawNames(view);
}

/** What lies under a pixel, in words; empty for nothing. */
function under(x, y) {
  const view = windowOf(), reach = Math.max(4, side(view) / 2);
  const at = (points, row) => inPixels(view, points.x[row], points.y[row]);
  const near = (points, far) => {
    for (let row = 0; row < points.n; row++) {
      const [px, py] = at(points, row);
      if (Math.abs(px - x) < far && Math.abs(py - y) < far) return row;
    }
    return -1;
  };
  const provider = byId("providers").checked ? near(providers, 5) : -1;
  if (provider >= 0) return data.providers.name[provider];
  const place = near(places, reach);
  return place < 0 ? "" : data.places.told[place];
}

// -- beside the map -------------------------------------------------------------------

function legend() {
  const picture = (paint) => {
    const made = make("canvas", { width: 28, height: 16 });
    paint(made.getContext("2d"));
    return made;
  };
  const rows = Object.entries(data.classes).map(([shade, name]) => [picture((own) => square(own, 14, 8, 12, shade)), name]);
  rows.push([picture((own) => dot(own, 14, 8, 4)), say("providers")]);
  const list = make("ul", {}, ...rows.map(([mark, said]) => make("li", {}, mark, make("span", {}, said))));
  byId("legend").replaceChildren(make("h3", {}, data.fifths), list);
}

function table() {
  const heads = ["area", "people", "enhanced", "none_share"];
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, say(each))));
  const rows = data.areas.map((each) => make("tr", {}, ...[each.name, each.people, each.enhanced, each.none_share].map((cell) => make("td", {}, cell))));
  byId("districts").append(make("table", {}, make("caption", {}, say("districts")), make("thead", {}, head), make("tbody", {}, ...rows)));
}

byId("providers").addEventListener("change", redraw);
legend();
table();
begin({ points: [places, providers], below, above, under });
