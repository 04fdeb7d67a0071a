// A version's ground from the arcs between its faces: rings of a status, the change since another, the front line.

const NEAR_SEA = 1;
const NEAR_ABROAD = 2;
const NEAR_STATE = 4;
const NEAR_RIVER = 8;

// Arcs as the page draws them: Mercator points from the map's origin, their ends as numbered nodes.
class Network {
  constructor(timeline, origin) {
    this.timeline = timeline;
    this.whole = Array.from({ length: timeline.arcs }, (_, arc) => this.project(arc, origin));
    this.levels = new Map();
    this.number();
  }

  project(arc, origin) {
    const { start, lon, lat } = this.timeline;
    const line = new Float32Array(2 * (start[arc + 1] - start[arc]));
    for (let i = start[arc], at = 0; i < start[arc + 1]; i++) {
      const [x, y] = mercator(lon[i], lat[i]);
      line[at++] = x - origin[0];
      line[at++] = y - origin[1];
    }
    return line;
  }

  number() {
    const { start, lon, lat, arcs } = this.timeline;
    const nodes = new Map();
    const node = (i) => {
      const key = `${lon[i]} ${lat[i]}`;
      if (!nodes.has(key)) nodes.set(key, nodes.size);
      return nodes.get(key);
    };
    this.tail = Int32Array.from({ length: arcs }, (_, arc) => node(start[arc]));
    this.head = Int32Array.from({ length: arcs }, (_, arc) => node(start[arc + 1] - 1));
    this.nodes = nodes.size;
  }

  // The arcs' points, as fine as `zoom` can show.
  lines(zoom) {
    const level = Math.min(10, Math.ceil(zoom));
    if (!this.levels.has(level)) {
      const tolerance = 0.35 / 2 ** level;
      this.levels.set(level, level < 10 ? this.whole.map((line) => simplify(line, tolerance)) : this.whole);
    }
    return this.levels.get(level);
  }

  // Chosen arcs joined end to end: a list of chains, each a list of arcs, ~arc where one runs backward.
  chains(arcs) {
    const at = new Map();
    for (const arc of arcs) {
      for (const node of [this.tail[arc], this.head[arc]]) at.has(node) ? at.get(node).push(arc) : at.set(node, [arc]);
    }
    const used = new Uint8Array(this.whole.length);
    const free = (node) => {
      const waiting = at.get(node);
      while (waiting.length && used[waiting[waiting.length - 1]]) waiting.pop();
      return waiting.length ? waiting[waiting.length - 1] : -1;
    };
    const walk = (arc, from) => {
      const chain = [];
      let node = from;
      for (let next = arc; next >= 0; next = free(node)) {
        used[next] = 1;
        const forward = this.tail[next] === node;
        chain.push(forward ? next : ~next);
        node = forward ? this.head[next] : this.tail[next];
      }
      return chain;
    };
    const ends = [...at].filter(([, waiting]) => waiting.length % 2).map(([node]) => node);
    const chains = [];
    for (const node of ends) if (free(node) >= 0) chains.push(walk(free(node), node));
    for (const arc of arcs) if (!used[arc]) chains.push(walk(arc, this.tail[arc]));
    return chains;
  }
}

// Some arcs of a network as one shape, drawn like those of the data block.
class ArcShape {
  constructor(network, arcs, closed, dashed = false) {
    this.network = network;
    this.closed = closed;
    this.dashed = dashed;
    this.chains = network.chains(arcs);
    this.cache = new Map();
  }

  path(zoom) {
    const lines = this.network.lines(zoom);
    if (!this.cache.has(lines)) this.cache.set(lines, this.build(lines));
    return this.cache.get(lines);
  }

  build(lines) {
    const path = new Path2D();
    for (const chain of this.chains) {
      chain.forEach((arc, place) => addLine(path, lines[arc < 0 ? ~arc : arc], arc < 0, place === 0));
      if (this.closed) path.closePath();
    }
    return path;
  }
}

function addLine(path, line, backward, first) {
  const count = line.length / 2;
  for (let i = first ? 0 : 1; i < count; i++) {
    const at = 2 * (backward ? count - 1 - i : i);
    if (first && i === 0) path.moveTo(line[at], line[at + 1]);
    else path.lineTo(line[at], line[at + 1]);
  }
}

// The shapes of version `b` and of what changed since `a`, by the names of the data block's layers.
function shapesOf(network, block, a, b) {
  const { timeline } = network;
  const [from, to] = [timeline.codes(a), timeline.codes(b)];
  const arcs = new Map(block.layers.map((name) => [name, []]));
  const add = (name, arc) => arcs.has(name) && arcs.get(name).push(arc);
  const moved = changes(timeline, block.mine, from, to);
  const theirs = changes(timeline, block.theirs, from, to);
  const left = (side) => side >= 0 && theirs[side] === 2;
  for (let arc = 0; arc < timeline.arcs; arc++) {
    const sides = [timeline.left[arc], timeline.right[arc]];
    const [one, other] = sides.map((side) => Timeline.side(to, side));
    const [come, went] = sides.map((side) => (side < 0 ? 0 : moved[side]));
    if (left(sides[0]) !== left(sides[1])) add('left', arc);
    if (come !== went) for (const way of [come, went]) if (way) add(way === 1 ? 'gained' : 'lost', arc);
    if (one === other) continue;
    add(block.codes[one], arc);
    add(block.codes[other], arc);
    const front = frontOf(block, one, other, timeline.near[arc]);
    if (front) add(front, arc);
  }
  const shapes = {};
  for (const [name, chosen] of arcs) {
    const line = name.startsWith('front_');
    if (chosen.length) shapes[name] = new ArcShape(network, chosen, !line, line && block.dashed);
  }
  return shapes;
}

// The ground that was gained and lost in one version, as the trail that playing leaves.
function stepShapes(network, { mine }, version) {
  const { timeline } = network;
  const moved = changes(timeline, mine, timeline.codes(version - 1), timeline.codes(version));
  const found = [[], []];
  for (let arc = 0; arc < timeline.arcs; arc++) {
    const [one, other] = [timeline.left[arc], timeline.right[arc]].map((side) => (side < 0 ? 0 : moved[side]));
    if (one !== other) for (const way of [one, other]) if (way) found[way - 1].push(arc);
  }
  return ['gained', 'lost'].flatMap((way, place) =>
    found[place].length ? [{ way, shape: new ArcShape(network, found[place], true) }] : [],
  );
}

// For each face 1 where it was gained, 2 where it was lost, else 0; slivers are neither.
function changes(timeline, mine, from, to) {
  const kind = timeline.kinds(from, to);
  const sliver = timeline.slivers(kind);
  return kind.map((some, face) => {
    if (!some || sliver[face] || mine[from[face]] === mine[to[face]]) return 0;
    return mine[to[face]] ? 1 : 2;
  });
}

// Which kind of front an arc is between two codes, if any: a coast and a quiet border are none.
function frontOf({ codes, mine, theirs }, one, other, near) {
  if (theirs[one] !== theirs[other] && !(near & NEAR_STATE)) return 'front_incursion';
  if (mine[one] === mine[other] || near & NEAR_SEA) return undefined;
  const beyond = mine[one] ? other : one;
  const fought = codes[beyond] === 'contested' || theirs[beyond];
  if (near & NEAR_ABROAD) return fought ? 'front_border' : undefined;
  if (near & NEAR_RIVER) return 'front_river';
  return codes[beyond] === 'contested' ? 'front_contested' : 'front_unmapped';
}
