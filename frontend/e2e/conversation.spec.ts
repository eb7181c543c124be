import { expect } from '@playwright/test'
import { signIn, test } from './as'

test('a comment that speaks to somebody waits for them until they look', async ({
  page,
  browser,
}) => {
  const api = await signIn(page, 'employee')
  const { items } = await api.get('/v1/goals?level=company&state=active&limit=1')
  const words = `a word please ${Date.now()}`
  await page.goto(`/goals/${items[0].id}`)
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Good news. ')
  await field.pressSequentially('@Lena F')
  await expect(page.getByRole('option', { name: /Lena Fischer/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('Good news. @Lena Fischer ')
  await page.keyboard.type(words)
  await page.keyboard.press('Control+Enter')
  const card = page.getByRole('listitem').filter({ hasText: words })
  await expect(card.getByRole('link', { name: '@Lena Fischer' })).toBeVisible()
  await expect(field).toHaveValue('')

  const context = await browser.newContext()
  const hers = await context.newPage()
  await signIn(hers, 'manager')
  await hers.goto('/')
  const waiting = hers.getByRole('listitem').filter({ hasText: /speaks to you/ })
  const need = waiting.filter({ hasText: items[0].title })
  await expect(need).toHaveCount(1)
  await need.getByRole('link', { name: 'Look' }).click()
  const said = hers.getByRole('listitem').filter({ hasText: words })
  await expect(said).toContainText('New')
  await said.getByRole('button', { name: 'Add a reaction' }).first().press('Enter')
  await hers.getByRole('menuitem', { name: 'Celebrate' }).press('Enter')
  const cheer = said.getByRole('button', { name: 'Celebrate: 1' })
  await expect(cheer).toHaveAttribute('aria-pressed', 'true')
  await said.getByRole('button', { name: /^Reply to/ }).click()
  await hers.keyboard.type('You are welcome')
  await hers.getByRole('button', { name: 'Reply', exact: true }).last().click()
  await expect(hers.getByText('You are welcome')).toBeVisible()
  await hers.goto('/')
  await expect(hers.getByRole('heading', { name: 'Needs you now' })).toBeVisible()
  await expect(need).toHaveCount(0)
  await context.close()

  await page.reload()
  await card.first().getByRole('button', { name: 'Edit' }).first().click()
  const edited = page.getByRole('textbox', { name: 'Edit your comment' })
  await edited.fill(`${words}, better said`)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(card.first()).toContainText('edited')
  await card.first().getByRole('button', { name: 'Delete' }).first().click()
  await expect(page.getByText('This comment was deleted.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card.first()).toContainText('better said')
})

test('a long thread shows its last replies, and the earlier ones to whoever asks', async ({
  page,
}) => {
  const api = await signIn(page, 'employee')
  const { items } = await api.get('/v1/goals?level=company&state=active&limit=1')
  const path = `/v1/goals/${items[0].id}/comments`
  const words = `A long story ${Date.now()}`
  const thread = await api.post(path, { data: { text: words } })
  for (const chapter of ['one', 'two', 'three', 'four', 'five']) {
    await api.post(path, { data: { text: `Chapter ${chapter}`, reply_to_id: thread.id } })
  }

  await page.goto(`/goals/${items[0].id}`)
  const said = page.getByRole('listitem').filter({ hasText: words })
  await expect(said.getByText(/^Chapter/)).toHaveText(['three', 'four', 'five'].map(chapterOf))
  await said.getByRole('button', { name: 'Show 2 earlier replies' }).press('Enter')
  await expect(said.getByText(/^Chapter/)).toHaveCount(5)
  await expect(said.getByRole('list', { name: /^Replies to/ })).toBeFocused()
  await said.getByRole('button', { name: /^Reply to/ }).click()
  await page.keyboard.type('Chapter six')
  await page.keyboard.press('Control+Enter')
  await expect(said.getByText(/^Chapter/)).toHaveCount(6)
  await expect(said.getByText(/^Chapter/).last()).toHaveText('Chapter six')
})

function chapterOf(word: string) {
  return `Chapter ${word}`
}
