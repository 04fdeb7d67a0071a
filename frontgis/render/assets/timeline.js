// A history unpacked: faces, their flips, and the arcs between them; every question is a look-up in these columns.

async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Columns of whole numbers, each led by its length; seven bits a byte, the lowest first, the sign in the lowest bit.
function unpackColumns(bytes) {
  let at = 0;
  const next = () => {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte & 128);
    return value;
  };
  const columns = [];
  while (at < bytes.length) {
    const column = new Int32Array(next());
    for (let i = 0; i < column.length; i++) {
      const value = next();
      column[i] = value % 2 ? -(value + 1) / 2 : value / 2;
    }
    columns.push(column);
  }
  return columns;
}

function summed(column) {
  for (let i = 1; i < column.length; i++) column[i] += column[i - 1];
  return column;
}

// How far apart two positions lie, in metres; good enough for the length of a face's side.
function metresApart(lon, lat, otherLon, otherLat) {
  const radians = Math.PI / 180;
  const east = (otherLon - lon) * Math.cos(((lat + otherLat) / 2) * radians);
  return 6371009 * radians * Math.hypot(east, otherLat - lat);
}

class Timeline {
  constructor(columns, { scale, km2, thin }) {
    const [days, minutes, area, unit, first, flips, face, code, left, right, near, sizes, x, y] = columns;
    this.days = summed(days);
    this.minutes = minutes;
    this.versions = days.length;
    this.km2 = Float64Array.from(area, (steps) => steps / km2);
    this.unit = summed(unit);
    this.thin = thin;
    this.first = Uint8Array.from(first);
    this.begin = starts(flips);
    this.face = summed(face);
    this.after = Uint8Array.from(code);
    this.before = this.codesBefore();
    this.left = summed(left);
    this.right = summed(right);
    this.near = near;
    this.start = starts(sizes);
    this.lon = Float64Array.from(summed(x), (steps) => steps / scale);
    this.lat = Float64Array.from(summed(y), (steps) => steps / scale);
  }

  get arcs() {
    return this.left.length;
  }

  codesBefore() {
    const now = this.first.slice();
    return this.after.map((code, flip) => {
      const before = now[this.face[flip]];
      now[this.face[flip]] = code;
      return before;
    });
  }

  // The code of every face in a version.
  codes(version) {
    const now = this.first.slice();
    for (let flip = 0; flip < this.begin[version + 1]; flip++) now[this.face[flip]] = this.after[flip];
    return now;
  }

  // The code of a side of an arc: a face's own, or what the ground there always was.
  static side(codes, label) {
    return label < 0 ? -1 - label : codes[label];
  }

  // The last version by the end of a day (days since 1970); -1 before the first.
  versionOn(day) {
    let found = -1;
    while (found + 1 < this.versions && this.days[found + 1] <= day) found++;
    return found;
  }

  // Versions in which a face changed, with what it was before and after.
  turns(face) {
    const found = [];
    for (let version = 0; version < this.versions; version++) {
      for (let flip = this.begin[version]; flip < this.begin[version + 1]; flip++) {
        if (this.face[flip] === face) found.push({ version, before: this.before[flip], after: this.after[flip] });
      }
    }
    return found;
  }

  // What a side gained and lost from each version to the next, in km².
  steps(mine) {
    const gained = new Float64Array(this.versions);
    const lost = new Float64Array(this.versions);
    for (let version = 1; version < this.versions; version++) {
      for (let flip = this.begin[version]; flip < this.begin[version + 1]; flip++) {
        const [was, is] = [mine[this.before[flip]], mine[this.after[flip]]];
        if (is && !was) gained[version] += this.km2[this.face[flip]];
        if (was && !is) lost[version] += this.km2[this.face[flip]];
      }
    }
    return { gained, lost };
  }

  // Km² gained and lost by unit from one version to another, as a direct comparison; slivers are no change.
  change(a, b, mine) {
    const [from, to] = [this.codes(a), this.codes(b)];
    const kind = this.kinds(from, to);
    const sliver = this.slivers(kind);
    const units = new Map();
    for (let face = 0; face < kind.length; face++) {
      if (!kind[face] || sliver[face] || mine[from[face]] === mine[to[face]]) continue;
      const row = units.get(this.unit[face]) || { unit: this.unit[face], gained: 0, lost: 0 };
      row[mine[to[face]] ? 'gained' : 'lost'] += this.km2[face];
      units.set(row.unit, row);
    }
    return [...units.values()].sort((p, q) => q.gained + q.lost - p.gained - p.lost || p.unit - q.unit);
  }

  // For each face 0 where nothing changed, else a number for the pair of codes.
  kinds(from, to) {
    const kind = new Uint16Array(from.length);
    for (let face = 0; face < kind.length; face++) {
      if (from[face] !== to[face]) kind[face] = 1 + from[face] * 16 + to[face];
    }
    return kind;
  }

  // Which faces belong to a connected part of their kind that is thinner than what counts.
  slivers(kind) {
    const parent = Int32Array.from(kind, (_, face) => face);
    const root = (face) => {
      while (parent[face] !== face) face = parent[face] = parent[parent[face]];
      return face;
    };
    const length = this.lengths();
    const rim = new Float64Array(kind.length);
    const area = new Float64Array(kind.length);
    const inside = (arc) => this.left[arc] >= 0 && this.right[arc] >= 0 && kind[this.left[arc]] === kind[this.right[arc]];
    for (let arc = 0; arc < this.arcs; arc++) {
      if (inside(arc) && kind[this.left[arc]]) parent[root(this.left[arc])] = root(this.right[arc]);
    }
    for (let arc = 0; arc < this.arcs; arc++) {
      if (inside(arc)) continue;
      for (const face of [this.left[arc], this.right[arc]]) if (face >= 0) rim[root(face)] += length[arc];
    }
    for (let face = 0; face < kind.length; face++) area[root(face)] += this.km2[face] * 1e6;
    return Uint8Array.from(kind, (_, face) => (2 * area[root(face)] < this.thin * rim[root(face)] ? 1 : 0));
  }

  lengths() {
    if (this.metres) return this.metres;
    this.metres = new Float64Array(this.arcs);
    for (let arc = 0; arc < this.arcs; arc++) {
      for (let i = this.start[arc] + 1; i < this.start[arc + 1]; i++) {
        this.metres[arc] += metresApart(this.lon[i - 1], this.lat[i - 1], this.lon[i], this.lat[i]);
      }
    }
    return this.metres;
  }

  // The ground at a place: what the nearest line to the east has on this side; undefined where there is none.
  groundAt(lon, lat) {
    let nearest = Infinity;
    let found;
    for (let arc = 0; arc < this.arcs; arc++) {
      for (let i = this.start[arc] + 1; i < this.start[arc + 1]; i++) {
        const up = this.lat[i - 1] <= lat && lat < this.lat[i];
        const down = this.lat[i] <= lat && lat < this.lat[i - 1];
        if (!up && !down) continue;
        const share = (lat - this.lat[i - 1]) / (this.lat[i] - this.lat[i - 1]);
        const east = this.lon[i - 1] + share * (this.lon[i] - this.lon[i - 1]) - lon;
        if (east < 0 || east >= nearest) continue;
        nearest = east;
        found = up ? this.left[arc] : this.right[arc];
      }
    }
    return found;
  }
}

function starts(sizes) {
  const found = new Int32Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; i++) found[i + 1] = found[i] + sizes[i];
  return found;
}

async function readTimeline(block) {
  return new Timeline(unpackColumns(await inflate(block.packed)), block);
}
