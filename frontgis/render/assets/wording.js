// Figures and dates as people read them, rounded as everywhere else.

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];
const MINUS = '\u2212';
const NARROW = '\u00a0';

function sayDay(day, year = true) {
  const date = new Date(day * 864e5);
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return year ? `${text} ${date.getUTCFullYear()}` : text;
}

function isoDay(day) {
  return new Date(day * 864e5).toISOString().slice(0, 10);
}

function dayOf(iso) {
  return /^\d{4}-\d\d-\d\d$/.test(iso) ? Math.round(Date.parse(iso) / 864e5) : NaN;
}

function sameYear(one, other) {
  return isoDay(one).slice(0, 4) === isoDay(other).slice(0, 4);
}

// A version's as-of: its day, and the time where the source tells it.
function sayVersion(timeline, version) {
  const minute = timeline.minutes[version];
  const day = sayDay(timeline.days[version]);
  if (minute < 0) return day;
  return `${day}, ${new Date(minute * 6e4).toISOString().slice(11, 16)} UTC`;
}

// The same as a machine writes it, in links too.
function isoVersion(timeline, version) {
  const minute = timeline.minutes[version];
  const day = isoDay(timeline.days[version]);
  return minute < 0 ? day : `${day}T${new Date(minute * 6e4).toISOString().slice(11, 16)}Z`;
}

function sayTimes(count) {
  return ['never', 'once', 'twice'][count] || `${count} times`;
}

function sayKm2(figure) {
  const size = Math.abs(figure);
  if (size < 9.95) return roundEven(size, 1).replace(/\.0$/, '');
  return roundEven(size, 0).replace(/\B(?=(\d{3})+$)/g, NARROW);
}

// The number nearest to a figure; of two as near the even one, as the other outputs have it.
function roundEven(size, digits) {
  const scaled = size * 10 ** digits;
  const below = Math.floor(scaled);
  const whole = scaled - below === 0.5 ? below + (below % 2) : Math.round(scaled);
  return (whole / 10 ** digits).toFixed(digits);
}

function saySigned(figure) {
  const text = sayKm2(figure);
  return text === '0' ? text : `${figure < 0 ? MINUS : '+'}${text}`;
}

function sayDays(count) {
  return count === 1 ? 'a day' : `${count} days`;
}

function sayInside(words) {
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}

// Whose places are, those of one status together.
function sayPlaces(places) {
  const names = new Map();
  for (const { name, words } of places) names.set(words, [...(names.get(words) || []), name]);
  const list = (found) => (found.length > 1 ? `${found.slice(0, -1).join(', ')} and ${found.at(-1)}` : found[0]);
  return [...names].map(([words, found]) => `${list(found)} ${sayInside(words)}`).join(', ');
}

// Text whose numbers stay on one line with what they count.
function unbroken(text) {
  return text.replace(/(\d) (?=[A-Za-z])/g, `$1${NARROW}`);
}

// A template's words in braces filled in; a doubled brace is a brace.
function fillIn(template, words) {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, word) => (word ? words[word] : found[0]));
}
