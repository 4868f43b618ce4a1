// What both maps draw: outlines of districts, and points from short columns of text.
"use strict";
const drawing = {
  STEPS: 100000,
  COLOURS: { retail_pharmacy: "#b45309" },
  // Whole numbers: base64 of zigzag differences in groups of seven bits.
  unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const found = [];
    let value = 0, folded = 0, scale = 1;
    for (const byte of bytes) {
      folded += (byte & 127) * scale;
      if (byte < 128) {
        value += folded % 2 ? -(folded + 1) / 2 : folded / 2;
        found.push(value);
        folded = 0;
        scale = 1;
      } else scale *= 128;
    }
    return found;
  },
  // Texts: a letter that counts what each shares with the one before, and the rest.
  unfront(texts) {
    let before = "";
    return texts.map((text) => (before = before.slice(0, text.charCodeAt(0) - 48) + text.slice(1)));
  },
  map(place) {
    const map = L.map(place, { preferCanvas: true, attributionControl: false, zoomSnap: 0.25, minZoom: 4, maxZoom: 18, zoomAnimation: false, fadeAnimation: false });
    L.control.scale({ imperial: false }).addTo(map);
    return map.setView([35, 105], 4); // layers are drawn only once there is a view
  },
  // Draws the districts; gives back their bounds by code.
  districts(map, data) {
    const bounds = {};
    for (const each of data.districts) {
      const rings = each.rings.map(([lon, lat]) => {
        const x = drawing.unpack(lon), y = drawing.unpack(lat);
        return y.map((value, at) => [value / data.steps, x[at] / data.steps]);
      });
      if (!rings.length) continue;
      const shape = L.polygon(rings.map((ring) => [ring]), { color: "#6b7785", weight: 1.2, fillColor: "#fff", fillOpacity: 0.75, interactive: false }).addTo(map);
      bounds[each.code] = shape.getBounds();
      const icon = L.divIcon({ className: "name", html: "", iconSize: [90, 16] });
      const marker = L.marker([each.label[1], each.label[0]], { icon, interactive: false, keyboard: false }).addTo(map);
      marker.getElement().textContent = each.name;
    }
    return bounds;
  },
  points(data) {
    const { points } = data, kinds = drawing.unpack(points.kind.at);
    const lon = drawing.unpack(points.lon), lat = drawing.unpack(points.lat), code = drawing.unfront(points.code);
    const district = drawing.unpack(points.district);
    return code.map((own, at) => ({
      code: own, name: points.name[at], kind: points.kind.ids[kinds[at]],
      district: data.districts[district[at]]?.code ?? "", at: [lat[at] / data.steps, lon[at] / data.steps],
    }));
  },
  dot(point, more = {}) {
    const colour = drawing.COLOURS[point.kind] ?? "#17508f";
    return L.circleMarker(point.at, { radius: 4.5, weight: 1, color: "#fff", fillColor: colour, fillOpacity: 0.9, ...more });
  },
  extent(bounds, points) {
    const all = Object.values(bounds).reduce((sum, each) => sum.extend(each), L.latLngBounds([]));
    return all.isValid() ? all : L.latLngBounds(points.length ? points.map((each) => each.at) : [[35, 100], [40, 110]]);
  },
};
