// The data block's strings as Mercator coordinates: pixels of zoom 0 from the map's origin.
// Small numbers keep their precision in a Float32Array at every zoom.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = new Uint8Array(128);
for (let i = 0; i < 64; i++) DIGITS[ALPHABET.charCodeAt(i)] = i;

function mercator(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [
    (256 * (lon + 180)) / 360,
    128 - (128 / Math.PI) * Math.atanh(sine),
  ];
}

function unmercator(x, y) {
  return [(x * 360) / 256 - 180, (Math.asin(Math.tanh(((128 - y) * Math.PI) / 128)) * 180) / Math.PI];
}

function decodePath(text, scale, origin) {
  const points = [];
  let lon = 0;
  let lat = 0;
  let at = 0;
  const next = () => {
    let value = 0;
    let shift = 0;
    let digit;
    do {
      digit = DIGITS[text.charCodeAt(at++)];
      value += (digit & 31) * 2 ** shift;
      shift += 5;
    } while (digit & 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (at < text.length) {
    lon += next();
    lat += next();
    const [x, y] = mercator(lon / scale, lat / scale);
    points.push(x - origin[0], y - origin[1]);
  }
  return Float32Array.from(points);
}

// Douglas and Peucker, without recursion; `tolerance` in the unit of the points.
function simplify(points, tolerance) {
  const count = points.length / 2;
  if (count < 3) return points;
  const keep = new Uint8Array(count);
  keep[0] = keep[count - 1] = 1;
  const stack = [[0, count - 1]];
  while (stack.length) {
    const [first, last] = stack.pop();
    const ax = points[2 * first];
    const ay = points[2 * first + 1];
    const dx = points[2 * last] - ax;
    const dy = points[2 * last + 1] - ay;
    const length = dx * dx + dy * dy;
    let farthest = 0;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const px = points[2 * i] - ax;
      const py = points[2 * i + 1] - ay;
      const along = length ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
      const distance = (px - along * dx) ** 2 + (py - along * dy) ** 2;
      if (distance > farthest) {
        farthest = distance;
        at = i;
      }
    }
    if (farthest > tolerance * tolerance) {
      keep[at] = 1;
      stack.push([first, at], [at, last]);
    }
  }
  const out = [];
  for (let i = 0; i < count; i++) if (keep[i]) out.push(points[2 * i], points[2 * i + 1]);
  return Float32Array.from(out);
}

// A ring is cut at its farthest point, so that both halves keep their ends.
function simplifyRing(ring, tolerance) {
  const count = ring.length / 2;
  let farthest = 0;
  let at = 0;
  for (let i = 1; i < count; i++) {
    const distance = (ring[2 * i] - ring[0]) ** 2 + (ring[2 * i + 1] - ring[1]) ** 2;
    if (distance > farthest) {
      farthest = distance;
      at = i;
    }
  }
  if (!at) return ring;
  const back = new Float32Array(ring.length - 2 * at + 2);
  back.set(ring.subarray(2 * at));
  back.set(ring.subarray(0, 2), back.length - 2);
  const there = simplify(ring.subarray(0, 2 * at + 2), tolerance);
  const home = simplify(back, tolerance);
  const out = new Float32Array(there.length + home.length - 4);
  out.set(there);
  out.set(home.subarray(2, home.length - 2), there.length);
  return out;
}

class Shape {
  constructor(block, scale, origin) {
    this.closed = block.closed;
    this.dashed = block.dashed;
    this.lines = block.paths.map((text) => decodePath(text, scale, origin));
    this.cache = new Map();
  }

  // One Path2D in Mercator units, as fine as `zoom` can show.
  path(zoom) {
    const level = Math.min(10, Math.ceil(zoom));
    if (!this.cache.has(level)) this.cache.set(level, this.build(level));
    return this.cache.get(level);
  }

  build(level) {
    const path = new Path2D();
    const tolerance = level < 10 ? 0.35 / 2 ** level : 0;
    for (const whole of this.lines) {
      const line = !tolerance ? whole : (this.closed ? simplifyRing : simplify)(whole, tolerance);
      path.moveTo(line[0], line[1]);
      for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
      if (this.closed) path.closePath();
    }
    return path;
  }
}
