// SPDX-License-Identifier: Apache-2.0
// phone.mjs ORDERS: each mail of ORDERS.mails on a phone, as a mail program shows it that drops <style> and loads no
// pictures: nothing is wider than the screen and each tile's value can be read. Those of ORDERS.dark again in a program
// that makes everything dark by itself: each value stands out from its ground.
import fs from 'fs';
import {chromium} from 'playwright-core';

const orders = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const width = 375, readable = 4.5;
let faults = 0;
const fault = (mail, what) => { faults++; console.log(`${mail.name}: ${what}`); };

async function open(inks, each, mails) {
  const browser = await chromium.launch(
    {executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', ...inks]});
  try {
    const page = await browser.newPage({viewport: {width, height: 800}});
    page.on('request', request => { if (!request.url().startsWith('file:')) throw new Error(request.url()); });
    await page.route(/\.png$/, route => route.abort());
    for (const mail of mails) {
      await page.goto('file://' + mail.page);
      await page.evaluate(() => document.querySelectorAll('style').forEach(style => style.remove()));
      await each(page, mail);
    }
  } finally {
    await browser.close();
  }
}

await open([], async (page, mail) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) fault(mail, `${wide} wide`);
  const values = await page.evaluate(() => [...document.querySelectorAll('td p strong')].map(strong => {
    const box = strong.getBoundingClientRect();
    const seen = strong.checkVisibility() && box.width > 0 && box.left >= 0 && box.right <= innerWidth;
    return seen ? strong.innerText : '';
  }));
  for (const value of mail.values) if (!values.includes(value)) fault(mail, `the value ${value} is not seen`);
}, orders.mails);

await open(['--blink-settings=forceDarkModeEnabled=true'], async (page, mail) => {
  await page.screenshot({path: mail.picture, fullPage: true});
  for (const value of mail.values) {
    const shot = await page.locator('td p strong', {hasText: value}).first().screenshot();
    const contrast = await page.evaluate(async source => {
      const picture = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext('2d');
      pen.drawImage(picture, 0, 0);
      const pixels = pen.getImageData(0, 0, picture.width, picture.height).data, lights = [];
      const part = byte => byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
      for (let i = 0; i < pixels.length; i += 4)
        lights.push(0.2126 * part(pixels[i]) + 0.7152 * part(pixels[i + 1]) + 0.0722 * part(pixels[i + 2]));
      lights.sort((one, other) => one - other);
      return {contrast: (lights.at(-1) + 0.05) / (lights[0] + 0.05), ground: lights[lights.length >> 1]};
    }, 'data:image/png;base64,' + shot.toString('base64'));
    if (contrast.contrast < readable) fault(mail, `${value} has a contrast of ${contrast.contrast.toFixed(1)} in the dark`);
    if (contrast.ground > 0.3) fault(mail, `the ground of ${value} is not dark`);
  }
}, orders.dark);

console.log(`${orders.mails.length} judged, ${orders.dark.length} of them in the dark, ${faults} faults`);
process.exit(faults || !orders.mails.length || !orders.dark.length ? 1 : 0);
