/* What the map is of: districts, institutions and localities with their places in the world. */

/** Longitudes and latitudes in steps as columns x and y; `known` where there is a position. */
function placed(lon, lat) {
  const lons = unpack(lon), lats = unpack(lat), n = lons.length;
  const own = { n, lon: lons, lat: lats, x: new Float64Array(n), y: new Float64Array(n), known: new Uint8Array(n) };
  for (let row = 0; row < n; row++) {
    if (lons[row] === 0 && lats[row] === 0) continue;
    own.known[row] = 1;
    own.x[row] = worldX(lons[row] / data.steps);
    own.y[row] = worldY(lats[row] / data.steps);
  }
  return own;
}

const chosen = (column) => ({ ids: column.ids, at: unpack(column.at) });

function readInstitutions(given) {
  return {
    ...placed(given.lon, given.lat),
    code: unfront(given.code),
    name: given.name,
    district: unpack(given.district),
    kind: chosen(given.kind),
    level: chosen(given.level),
    standing: chosen(given.standing),
    services: unpack(given.services),
    stocks: unpack(given.stocks),
  };
}

function readLocalities(given) {
  const served = {};
  for (const [stock, own] of Object.entries(given.served)) {
    const of = unpack(own.class), alone = new Map();
    const nearest = unpack(own.nearest), metres = unpack(own.metres);
    const unserved = data.classes.order.indexOf("unserved");
    of.forEach((at, row) => at === unserved && alone.set(row, alone.size));
    served[stock] = { class: of, atLeast: unpack(own.at_least), alone, nearest, metres };
  }
  return {
    ...placed(given.lon, given.lat),
    code: unfront(given.code),
    name: given.name,
    district: unpack(given.district),
    kind: chosen(given.kind),
    persons: unpack(given.persons).map((each) => (each < 0 ? -1 : each / given.scale)),
    spacing: given.spacing,
    served,
  };
}

function readDistrict(given, at) {
  const rings = given.rings.map(([lon, lat]) => placed(lon, lat));
  const label = given.label && { x: worldX(given.label[0]), y: worldY(given.label[1]) };
  return { at, code: given.code, name: given.name, size: given.size, rings, label };
}

const institutions = readInstitutions(data.institutions);
const localities = readLocalities(data.localities);
const districts = data.districts.map(readDistrict);
/** Largest first: a small district that lies over a large one stays on top. */
const drawnDistricts = districts.filter((each) => each.rings.length).sort((a, b) => b.size - a.size);
const pharmacy = institutions.kind.ids.indexOf("retail_pharmacy");
const suspended = institutions.standing.ids.indexOf("suspended");

const term = (choice, column, row) => {
  const id = column.ids[column.at[row]];
  return id ? data.terms[choice][id] ?? id : "—";
};

/** The corners of everything that has a place, or null: [[lat, lon], [lat, lon]]. */
function extent() {
  const lons = [], lats = [];
  const widen = (points) => {
    for (let row = 0; row < points.n; row++) {
      if (!points.known[row]) continue;
      lons.push(points.lon[row]);
      lats.push(points.lat[row]);
    }
  };
  if (drawnDistricts.length) drawnDistricts.forEach((each) => each.rings.forEach(widen));
  else [institutions, localities].forEach(widen);
  if (!lons.length) return null;
  const ends = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [west, east] = ends(lons), [south, north] = ends(lats);
  return [[south / data.steps, west / data.steps], [north / data.steps, east / data.steps]];
}

/** Whether a district holds a place; holes are outside. */
function holds(district, x, y) {
  let inside = false;
  for (const ring of district.rings) {
    for (let a = 0, b = ring.n - 1; a < ring.n; b = a++) {
      const crosses = ring.y[a] > y !== ring.y[b] > y;
      if (crosses && x < ((ring.x[b] - ring.x[a]) * (y - ring.y[a])) / (ring.y[b] - ring.y[a]) + ring.x[a]) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/** Round limits that part known numbers into at most five classes of about equal size. */
function limitsOf(numbers) {
  const sorted = numbers.filter((each) => each > 0).sort((a, b) => a - b);
  const round = (number) => {
    const ten = 10 ** Math.floor(Math.log10(number));
    return [1, 2, 5, 10].map((each) => each * ten).reduce((a, b) => (Math.abs(b - number) < Math.abs(a - number) ? b : a));
  };
  const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.floor(share * sorted.length)]);
  return [...new Set(cuts.filter((each) => each > 0).map((each) => Math.max(1, round(each))))];
}

const peopleLimits = limitsOf(localities.persons);
/** The class of each locality by people, 0 from the fewest; 255 where unknown. */
const peopleClass = Uint8Array.from(localities.persons, (persons) =>
  persons < 0 ? 255 : peopleLimits.filter((limit) => persons >= limit).length,
);
/** How large a locality is painted: those of few people smaller, so that they do not drown the rest. */
const peopleShare = Float64Array.from(peopleClass, (at) => (at === 255 ? 0.7 : 0.4 + (0.6 * at) / (peopleLimits.length || 1)));
