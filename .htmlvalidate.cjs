module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The pages are made by templates and libraries: white space and quotes are theirs, and no reader sees them.
    "no-trailing-whitespace": "off",
    "attr-quotes": "off",
    "doctype-style": "off",
    "void-style": "off",
  },
};
