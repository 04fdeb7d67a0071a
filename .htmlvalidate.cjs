module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": "off", // HTML reads it in either case, and the templates write it small
    "long-title": "off", // a map says its finding in its title
    "no-trailing-whitespace": "off", // what a template leaves at the end of a line no reader sees
  },
};
