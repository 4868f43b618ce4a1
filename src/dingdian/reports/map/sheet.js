/* The sheet: one canvas over the window of the map, drawn anew whenever the map moves. */

const FILLS = {
  people: ["#e6e0f0", "#c1b2dd", "#967bbf", "#6b4897", "#3d1d64"],
  class: { undecided: "#ffffff", served: "#bcd7e8", sufficient: "#94c4e0", saturated: "#12365a", insufficient: "#dd8f2d", unserved: "#b83a0a" },
  peopleUnknown: "#ffffff",
  medical: "#0b3c5d",
  pharmacy: "#c95a00",
  circle: "#1b7837",
  circleInside: "#a9d8b8",
  border: "#5c6770",
};
/** From below to above. */
const CLASSES_DRAWN = ["undecided", "served", "sufficient", "saturated", "insufficient", "unserved"];
const LARGER = new Set(["hospital", "maternal_child_hospital"]);

const canvas = document.getElementById("sheet");
const under = document.createElement("canvas");

/** A pattern of slanting lines over a fill. */
function hatch(context, fill) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const own = tile.getContext("2d");
  own.fillStyle = fill;
  own.fillRect(0, 0, 8, 8);
  own.strokeStyle = "rgba(30,30,30,.55)";
  own.lineWidth = 1;
  own.beginPath();
  for (const shift of [-8, 0, 8]) {
    own.moveTo(shift, 8);
    own.lineTo(shift + 8, 0);
  }
  own.stroke();
  return context.createPattern(tile, "repeat");
}

const filled = (context, { fill, hatched }) => (hatched ? hatch(context, fill) : fill);
const UNKNOWN = { fill: data.unknown_fill, hatched: true };

/** The mark of an institution, `size` pixels from its middle to its rim. */
function mark(context, x, y, { size, isPharmacy, hollow }) {
  context.beginPath();
  if (isPharmacy) {
    const far = size * 1.15;
    context.moveTo(x, y - far);
    context.lineTo(x + far, y);
    context.lineTo(x, y + far);
    context.lineTo(x - far, y);
    context.closePath();
  } else {
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
  const ink = isPharmacy ? FILLS.pharmacy : FILLS.medical;
  context.fillStyle = hollow ? "#ffffff" : ink;
  context.strokeStyle = hollow ? ink : "#ffffff";
  context.lineWidth = hollow ? 1.3 : 0.7;
  context.fill();
  if (hollow || size > 2.6) context.stroke();
}

/** Marks are drawn once and then copied: nine thousand of them move with the map. */
function stamps(ratio) {
  const made = new Map();
  return (own) => {
    const key = `${own.size} ${own.isPharmacy} ${own.hollow}`;
    if (!made.has(key)) {
      const stamp = document.createElement("canvas");
      const half = Math.ceil(own.size * 1.3) + 1;
      stamp.width = stamp.height = 2 * half * ratio;
      const context = stamp.getContext("2d");
      context.scale(ratio, ratio);
      mark(context, half, half, own);
      made.set(key, { stamp, half });
    }
    return made.get(key);
  };
}

/** Where the window lies in the world, and how many pixels the world is wide. */
function windowOf(map) {
  const scale = 256 * 2 ** map.getZoom(), size = map.getSize(), corner = map.getPixelBounds().min;
  return { scale, left: corner.x, top: corner.y, width: size.x, height: size.y };
}

/** The sheet of a map: draw() paints what a state asks for. */
function makeSheet(map) {
  let ratio = 1, copy = stamps(1);

  function resize(wanted) {
    const { x, y } = map.getSize();
    ratio = wanted;
    for (const each of [canvas, under]) {
      each.width = Math.round(x * ratio);
      each.height = Math.round(y * ratio);
    }
    canvas.style.width = `${x}px`;
    canvas.style.height = `${y}px`;
    copy = stamps(ratio);
  }

  function trace(context, view, district) {
    context.beginPath();
    for (const ring of district.rings) {
      let beforeX = Infinity, beforeY = Infinity; // vertices within half a pixel are passed over
      for (let at = 0; at < ring.n; at++) {
        const x = ring.x[at] * view.scale - view.left, y = ring.y[at] * view.scale - view.top;
        if (Math.abs(x - beforeX) + Math.abs(y - beforeY) < 0.5) continue;
        if (at) context.lineTo(x, y);
        else context.moveTo(x, y);
        [beforeX, beforeY] = [x, y];
      }
      context.closePath();
    }
  }

  function fillDistricts(context, view, measure) {
    const fills = measure ? measure.classes.map((each) => filled(context, each)) : [];
    const unknown = measure && filled(context, UNKNOWN);
    for (const district of drawnDistricts) {
      const value = measure?.values[district.at];
      trace(context, view, district);
      context.fillStyle = measure ? fills[value?.at] ?? unknown : "#ffffff";
      context.fill("evenodd");
    }
  }

  function strokeDistricts(context, view, selected) {
    context.lineJoin = "round";
    for (const district of drawnDistricts) {
      trace(context, view, district);
      context.strokeStyle = district.at === selected ? "#000000" : FILLS.border;
      context.lineWidth = district.at === selected ? 3.5 : 1.1;
      context.stroke();
    }
  }

  /** Call for each point of some columns that lies in the window, with its pixels. */
  function inWindow(points, view, margin, each) {
    for (let row = 0; row < points.n; row++) {
      if (!points.known[row]) continue;
      const x = points.x[row] * view.scale - view.left, y = points.y[row] * view.scale - view.top;
      if (x > -margin && y > -margin && x < view.width + margin && y < view.height + margin) each(row, x, y);
    }
  }

  function cellSize(view) {
    const middle = (view.top + view.height / 2) / view.scale;
    const pixels = (localities.spacing / metresAt(middle)) * view.scale;
    return Math.min(16, Math.max(1.7, 0.92 * pixels), localities.spacing > 900 ? 9 : 16);
  }

  function drawCells(context, view, state) {
    const classes = paintsOf(state);
    const most = cellSize(view);
    for (const { has, fill, hollow } of classes) {
      context.fillStyle = fill;
      context.strokeStyle = "#6f6f6f";
      context.lineWidth = 0.8;
      inWindow(localities, view, most, (row, x, y) => {
        if (!has(row)) return;
        const side = most * peopleShare[row];
        context.fillRect(x - side / 2, y - side / 2, side, side);
        if (hollow && side > 3) context.strokeRect(x - side / 2, y - side / 2, side, side);
      });
    }
  }

  /** All circles as one area: rims first, then the insides over them, then the whole thinly. */
  function drawCircles(context, view, state) {
    const own = under.getContext("2d"), reach = state.circle / metresAt(0.5 * (view.top * 2 + view.height) / view.scale) * view.scale;
    own.setTransform(ratio, 0, 0, ratio, 0, 0);
    own.clearRect(0, 0, view.width, view.height);
    for (const [fill, rim] of [[FILLS.circle, 0], [FILLS.circleInside, 1.3]]) {
      own.fillStyle = fill;
      inWindow(institutions, view, reach * 1.2, (row, x, y) => {
        if (!state.shown[row]) return;
        const radius = (state.circle / metresAt(institutions.y[row])) * view.scale - rim;
        if (radius <= 0) return;
        own.beginPath();
        own.arc(x, y, radius, 0, 2 * Math.PI);
        own.fill();
      });
    }
    context.globalAlpha = 0.5;
    context.drawImage(under, 0, 0, view.width, view.height);
    context.globalAlpha = 1;
  }

  function drawInstitutions(context, view, state) {
    const size = Math.min(6, Math.max(1.8, 1.9 + (map.getZoom() - 9) * 0.75));
    for (const isPharmacy of [true, false]) {
      inWindow(institutions, view, 10, (row, x, y) => {
        if (!state.shown[row] || (institutions.kind.at[row] === pharmacy) !== isPharmacy) return;
        const large = LARGER.has(institutions.kind.ids[institutions.kind.at[row]]);
        const hollow = institutions.standing.at[row] === suspended;
        const { stamp, half } = copy({ size: large ? size * 1.5 : size, isPharmacy, hollow });
        context.drawImage(stamp, x - half, y - half, stamp.width / ratio, stamp.height / ratio);
      });
    }
  }

  function drawSelected(context, view, selected) {
    const points = { institution: institutions, locality: localities }[selected?.of];
    if (!points?.known[selected.row]) return;
    const x = points.x[selected.row] * view.scale - view.left, y = points.y[selected.row] * view.scale - view.top;
    for (const [ink, width] of [["#ffffff", 6], ["#000000", 2.5]]) {
      context.strokeStyle = ink;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, 11, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /** Names with values; one that would lie over another is left out, larger districts first. */
  function drawLabels(context, view, measure) {
    const taken = [], font = getComputedStyle(document.body).fontFamily;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const district of drawnDistricts) {
      const x = district.label.x * view.scale - view.left, y = district.label.y * view.scale - view.top;
      const value = measure?.values[district.at];
      const lines = [[district.name, `bold 13px ${font}`]];
      if (measure) lines.push([value?.at === null || !value ? say("unknown") : value.number, `12px ${font}`]);
      const half = Math.max(...lines.map(([text, style]) => ((context.font = style), context.measureText(text).width))) / 2;
      const box = [x - half, y - 8 * lines.length, x + half, y + 8 * lines.length];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      lines.forEach(([text, style], at) => {
        const height = y + (at - (lines.length - 1) / 2) * 16;
        context.font = style;
        context.strokeStyle = "rgba(255,255,255,.92)";
        context.lineWidth = 3.5;
        context.strokeText(text, x, height);
        context.fillStyle = "#14202b";
        context.fillText(text, x, height);
      });
    }
  }

  function draw(state) {
    const context = canvas.getContext("2d"), view = windowOf(map);
    if (!canvas.width || !canvas.height) return; // a window without size shows nothing
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    fillDistricts(context, view, state.measure);
    if (state.cells !== "none") drawCells(context, view, state);
    if (state.circle) drawCircles(context, view, state);
    strokeDistricts(context, view, state.selected?.of === "district" ? state.selected.row : -1);
    drawInstitutions(context, view, state);
    if (state.labels) drawLabels(context, view, state.measure);
    drawSelected(context, view, state.selected);
  }

  /** What lies under a pixel: {of, row}, or null. */
  function hit(x, y, state) {
    const view = windowOf(map), reach = 9;
    let best = null, least = reach * reach;
    inWindow(institutions, view, reach, (row, px, py) => {
      const far = (px - x) ** 2 + (py - y) ** 2;
      if (state.shown[row] && far < least) [best, least] = [{ of: "institution", row }, far];
    });
    if (best) return best;
    if (state.cells !== "none") {
      const half = Math.max(4, cellSize(view) / 2), seen = paintsOf(state);
      inWindow(localities, view, half, (row, px, py) => {
        if (Math.abs(px - x) <= half && Math.abs(py - y) <= half && seen.some(({ has }) => has(row))) best = { of: "locality", row };
      });
      if (best) return best;
    }
    const wx = (x + view.left) / view.scale, wy = (y + view.top) / view.scale;
    const found = [...drawnDistricts].reverse().find((each) => holds(each, wx, wy));
    return found ? { of: "district", row: found.at } : null;
  }

  return { draw, resize, hit };
}

/** A class of people in words: from its lower limit, below the next one. */
function peopleLabel(at) {
  const low = grouped(peopleLimits[at - 1] ?? 0), high = grouped(peopleLimits[at] ?? 0);
  if (at === peopleLimits.length) return say("people_from", { low });
  return at ? say("people_between", { low, high }) : say("people_below", { high });
}

/** How localities are painted, from below to above: which rows, their fill, their words. */
function paintsOf(state) {
  if (state.cells === "people") {
    const n = peopleLimits.length, fills = FILLS.people;
    const fillOf = (at) => fills[n ? Math.round((at * (fills.length - 1)) / n) : 2];
    const known = Array.from({ length: n + 1 }, (_, at) => ({
      has: (row) => peopleClass[row] === at,
      fill: fillOf(at),
      label: peopleLabel(at),
    }));
    if (!peopleClass.includes(255)) return known;
    return [{ has: (row) => peopleClass[row] === 255, fill: FILLS.peopleUnknown, hollow: true, label: say("people_unknown") }, ...known];
  }
  const served = localities.served[state.stock?.id];
  if (!served) return [];
  const wanted = state.cells === "unserved" ? ["unserved"] : CLASSES_DRAWN;
  return wanted.map((name) => {
    const at = data.classes.order.indexOf(name);
    return { name, has: (row) => served.class[row] === at, fill: FILLS.class[name], hollow: name === "undecided", label: data.classes.names[name] };
  });
}
