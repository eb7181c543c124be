import { expect } from '@playwright/test'
import { type Api, signIn, test } from './as'

/** Of somebody by name, for what a journey needs to know before it begins. */
async function idOf(api: Api, name: string): Promise<string> {
  const { items } = await api.get(`/v1/people?q=${encodeURIComponent(name)}&limit=1`)
  return items[0].id
}

test('praise is given to two, stands on the wall, and is cheered', async ({ page, browser }) => {
  const words = `The wizard saved us a week ${Date.now()}`
  await signIn(page, 'employee')
  await page.goto('/praise')
  await page.getByRole('button', { name: 'Give praise' }).first().click()
  const drawer = page.getByRole('dialog')
  const receivers = drawer.getByRole('combobox', { name: 'For' })
  for (const name of ['Lena Fischer', 'Jan Kowalski']) {
    await receivers.fill(name)
    await page.getByRole('option', { name }).click()
  }
  await receivers.press('Escape')
  const text = drawer.getByRole('textbox', { name: 'What would you like to say?' })
  await text.fill('You are so talented, and all of us saw it')
  const coach = drawer.getByRole('region', { name: 'How it may be read' })
  await expect(coach).toContainText('Instead of “You are so talented”, say what they did.')
  await expect(coach.getByRole('img', { name: 'Situation: not yet there' })).toBeVisible()
  await coach.getByRole('button', { name: /^Show in the text: Instead of/ }).click()
  await page.keyboard.press('Delete')
  await expect(text).toHaveValue(', and all of us saw it')
  await expect(coach).not.toContainText('Instead of')
  await text.fill(words)
  await expect(drawer.getByRole('radio', { name: /^Everybody/ })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(drawer).toHaveCount(0)
  const card = page.getByRole('article').filter({ hasText: words })
  await expect(card).toContainText('You to Jan Kowalski and Lena Fischer')

  const context = await browser.newContext()
  const theirs = await context.newPage()
  await signIn(theirs, 'hr')
  await theirs.goto('/praise')
  const seen = theirs.getByRole('article').filter({ hasText: words })
  await seen.getByRole('button', { name: 'Add a reaction' }).click()
  await theirs.getByRole('menuitem', { name: 'Applause' }).click()
  const applause = seen.getByRole('button', { name: 'Applause: 1' })
  await expect(applause).toHaveAttribute('aria-pressed', 'true')
  await applause.click()
  await expect(applause).toHaveCount(0)
  await seen.getByRole('button', { name: 'Add a reaction' }).click()
  await theirs.getByRole('menuitem', { name: 'Rocket' }).click()
  await expect(seen.getByRole('button', { name: 'Rocket: 1' })).toBeVisible()
  await context.close()

  await page.reload()
  await expect(card.getByRole('button', { name: 'Rocket: 1' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
})

test('advice is thanked for, and becomes a development goal', async ({ page, browser }) => {
  const words = `Begin with the aim ${Date.now()}`
  const context = await browser.newContext()
  const manager = await signIn(await context.newPage(), 'manager')
  const { id } = await manager.post('/v1/feedback', {
    data: { receiver_ids: [await idOf(manager, 'Anton Novak')], kind: 'advice', text: words },
  })
  await context.close()

  const api = await signIn(page, 'employee')
  await page.goto('/feedback')
  const card = page.getByRole('article').filter({ hasText: words })
  await expect(card).toContainText('Only you and Lena Fischer')
  await card.getByRole('button', { name: 'Thank' }).click()
  await expect(card).toContainText('Thanks from you')
  await expect(card.getByRole('button', { name: 'Got it' })).toHaveCount(0)
  await card.getByRole('button', { name: /development goal/ }).click()
  const title = page.getByRole('textbox', { name: 'What would you like to get better at?' })
  await title.fill(`Say why first ${id}`)
  await page.getByRole('button', { name: 'Make the goal' }).click()
  await expect(page).toHaveURL(/\/goals\/[\w-]+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Say why first ${id}`)
  const goal = await api.get(`/v1/goals/${page.url().split('/').at(-1)}`)
  expect([goal.purpose, goal.visibility, goal.state]).toEqual(['development', 'private', 'draft'])
})

test('whoever is asked answers, and whoever asked reads it', async ({ page, browser }) => {
  const question = `What should we keep? ${Date.now()}`
  const api = await signIn(page, 'manager')
  await page.goto(`/people/${await idOf(api, 'Anton Novak')}`)
  await page.getByRole('button', { name: 'Ask for feedback' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: 'Question 1' }).fill(question)
  await drawer.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(drawer).toHaveCount(0)

  const context = await browser.newContext()
  const theirs = await context.newPage()
  const asked = await signIn(theirs, 'employee')
  await theirs.goto('/')
  const need = theirs.getByRole('listitem').filter({ hasText: /like to hear your view/ })
  await need.getByRole('link', { name: 'Answer' }).first().click()
  await expect(theirs.getByRole('dialog')).toBeVisible()
  const { items } = await asked.get('/v1/feedback-requests?box=waiting')
  const mine = items.find((one: { questions: string[] }) => one.questions.includes(question))
  await theirs.goto(`/feedback?tab=requests&answer=${mine.id}`)
  const form = theirs.getByRole('dialog')
  await expect(form).toContainText(question)
  await expect(form).toContainText('Only you and Lena Fischer')
  await form.getByRole('textbox', { name: 'Your answer' }).fill(`The demos. ${question}`)
  await theirs.keyboard.press('Control+Enter')
  await expect(form).toHaveCount(0)
  await context.close()

  await page.goto('/feedback')
  await expect(
    page.getByRole('article').filter({ hasText: `The demos. ${question}` }),
  ).toBeVisible()
  await page.getByRole('tab', { name: 'Requests' }).click()
  const request = page.getByRole('article').filter({ hasText: question })
  await request.getByRole('link', { name: 'Read the answer' }).click()
  await expect(page.getByText(`The demos. ${question}`)).toBeVisible()
})

test('a draft outlives the page, and closing asks', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/praise?give=true')
  const words = page.getByRole('textbox', { name: 'What would you like to say?' })
  await words.fill('Half a thought')
  await expect(page.getByText(/Draft kept on this device/)).toBeVisible()
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await expect(words).toHaveValue('Half a thought')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.goto('/praise?give=true')
  await expect(words).toHaveValue('')
})
