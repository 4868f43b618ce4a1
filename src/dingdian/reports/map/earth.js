/* Where things stand in the world: x and y run from 0 to 1 over the square of spherical Mercator,
   y downwards. */

const EQUATOR = 40075016.68557849; // metres

const worldX = (lon) => (lon + 180) / 360;
const worldY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
/** Metres in one unit of the square at a height y. */
const metresAt = (y) => EQUATOR / Math.cosh(Math.PI * (1 - 2 * y));
