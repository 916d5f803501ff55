// SPDX-License-Identifier: Apache-2.0
// pages.mjs PAGE...: axe finds nothing in these pages on a phone and on a desk, and nothing is wider than the screen.
import fs from 'fs';
import {chromium} from 'playwright-core';

const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'];
let faults = 0;
const browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});
try {
  for (const width of [375, 1200]) {
    const page = await browser.newPage({viewport: {width, height: 900}});
    for (const file of process.argv.slice(2)) {
      await page.goto('file://' + file);
      const found = [];
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${wide} wide`);
      await page.evaluate(axe);
      const {violations} = await page.evaluate(rules => window.axe.run(document, {runOnly: rules}), rules);
      for (const {id, nodes} of violations) found.push(`${id} ${nodes.length} times, ${nodes[0].target.join(' ')}`);
      for (const fault of found) console.log(`${file} at ${width}: ${fault}`);
      faults += found.length;
    }
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`${process.argv.length - 2} judged, ${faults} faults`);
process.exit(faults || process.argv.length < 3 ? 1 : 0);
