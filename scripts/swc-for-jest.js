const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The program's own SWC options, except that Jest needs import() turned into require(). */
const options = JSON.parse(readFileSync(join(__dirname, '..', '.swcrc'), 'utf8'));
options.module.ignoreDynamic = false;
options.sourceMaps = 'inline';
module.exports = { ...options, swcrc: false };
