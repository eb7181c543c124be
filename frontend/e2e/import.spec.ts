import { expect } from '@playwright/test'
import { signIn, test } from './as'

const FILE = [
  'Employee_Name,EmpID,Position,Salary,DateofHire,DateofTermination,EmploymentStatus,ManagerName',
  '"Quartz, Olivia",Q1,Head of Glass,90000,3/1/2019,,Active,Nobody Known',
  '"Pebble, Tom  R",Q2,Glazier,50000,7/15/2021,,Active,Olivia Quartz',
  '"Slate, Una",Q3,Glazier,51000,6/14/2020,2/28/2023,Voluntarily Terminated,Olivia Quartz',
  '"Marble, Vic",Q4,Glazier,52000,13/45/2021,,Active,Olivia Quartz',
].join('\n')

test('a file becomes people: upload, explain, look at the plan, apply; the same again changes nothing', async ({
  page,
}) => {
  await signIn(page, 'hr')
  const upload = async () => {
    await page.goto('/admin/imports/new')
    await page.locator('input[type=file]').setInputFiles({
      name: 'glass.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(FILE),
    })
    await expect(page.getByRole('heading', { name: 'What do the columns mean?' })).toBeVisible()
  }
  const count = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })

  await upload()
  await expect(page.getByRole('combobox', { name: 'Meaning of EmpID' })).toHaveValue('Employee ID')
  await expect(page.getByRole('combobox', { name: 'Meaning of Salary' })).toHaveValue('')
  await page.getByRole('button', { name: 'Make a plan' }).click()

  await expect(count('New')).toContainText('3')
  await expect(count('Error')).toContainText('1')
  await page.getByRole('button', { name: /the manager is nobody known/ }).click()
  await expect(page.getByText('Nobody Known (1)')).toBeVisible()
  await count('Error').click()
  await expect(page.getByRole('row', { name: /Vic Marble/ })).toContainText('DateofHire')
  await page.getByRole('button', { name: 'Apply 3 changes' }).click()
  await expect(page.getByText('The import is applied').first()).toBeVisible()
  await page.getByRole('button', { name: 'I have looked at these' }).click()

  await page.getByRole('link', { name: 'See the people' }).click()
  await page.getByRole('searchbox').fill('pebble')
  await page.getByRole('link', { name: /^Tom R/ }).click()
  const line = page.getByRole('heading', { name: 'Reporting line' }).locator('xpath=../..')
  await expect(line.getByRole('link', { name: 'Olivia Quartz' })).toBeVisible()

  await upload()
  await page.getByRole('button', { name: 'Make a plan' }).click()
  await expect(count('Unchanged')).toContainText('3')
  await expect(count('New')).toContainText('0')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Discard' }).last().click()
  await expect(page).toHaveURL(/\/admin\/imports$/)
})

test('the chart is drawn from who reports to whom, and a person is found in it', async ({
  page,
}) => {
  const api = await signIn(page, 'employee')
  const chart = await api.get('/v1/org-chart')
  const someone = chart.nodes.find(
    (node: { manager_id: string | null; direct_reports: number }) =>
      node.manager_id && node.direct_reports === 0,
  )
  await page.goto('/org-chart')
  await page.getByRole('combobox', { name: 'Find a person' }).fill(someone.name)
  await page.getByRole('option', { name: someone.name }).first().click()
  await expect(page.getByRole('link', { name: someone.name })).toBeVisible()

  await page.getByText('List', { exact: true }).click()
  await expect(page.getByRole('list', { name: 'Org chart' })).toBeVisible()
  await expect(page.getByRole('link', { name: someone.name })).toBeVisible()
})
