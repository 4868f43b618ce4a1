/* The data of the page: columns as packing.py writes them, and words. */

const data = JSON.parse(document.getElementById("data").textContent);

/** Whole numbers: base64 of zigzag differences in groups of seven bits. */
function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const found = new Float64Array(bytes.reduce((n, byte) => n + (byte < 128), 0));
  let at = 0, value = 0, folded = 0, scale = 1;
  for (const byte of bytes) {
    folded += (byte & 127) * scale;
    if (byte < 128) {
      value += folded % 2 ? -(folded + 1) / 2 : folded / 2;
      found[at++] = value;
      folded = 0;
      scale = 1;
    } else {
      scale *= 128;
    }
  }
  return found;
}

/** Texts: a letter that counts what each shares with the one before, and the rest. */
function unfront(texts) {
  let before = "";
  return texts.map((text) => (before = before.slice(0, text.charCodeAt(0) - 48) + text.slice(1)));
}

/** A phrase of the page with its fields filled. */
function say(name, fields = {}) {
  return data.words[name].replace(/\{(\w+)\}/g, (_, field) => fields[field]);
}

/** A number with thousands separators, as the tables print it. */
function grouped(number) {
  return number.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
