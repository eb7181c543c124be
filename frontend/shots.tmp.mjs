import { chromium } from '@playwright/test'
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
const [,, ...list] = process.argv
for (const spec of list) {
  const [name, path, scheme, width, lang, who] = spec.split('|')
  const ctx = await b.newContext({viewport:{width:+width,height:900},colorScheme:scheme,locale:lang||'en-GB'})
  const p = await ctx.newPage()
  if (who) {
    const si = JSON.parse(process.env.E2E_SIGN_INS)[who]
    const a = await p.request.post(process.env.E2E_URL+'/v1/auth/sessions',{data:si})
    if (a.status()!==201) console.log(await a.text())
    await p.addInitScript(()=>localStorage.setItem('perfapi.signed-in','1'))
  }
  await p.goto(process.env.E2E_URL+path); await p.waitForLoadState('networkidle'); await p.waitForTimeout(400)
  await p.screenshot({path:`/tmp/h/mail-shots/${name}.png`, fullPage: false}); await ctx.close()
}
await b.close()
