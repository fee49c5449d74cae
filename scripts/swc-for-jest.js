const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The program's own SWC options, with the source map where Jest looks for it. */
const options = JSON.parse(readFileSync(join(__dirname, '..', '.swcrc'), 'utf8'));
module.exports = { ...options, sourceMaps: 'inline', swcrc: false };
