import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { ViewsMenu } from './ViewsMenu'
import { viewQuery } from './viewQuery'

withApi()

function view(change: object) {
  return {
    id: 'v',
    version: 3,
    name: 'The company',
    is_shared: false,
    is_default: false,
    query: viewQuery({ level: 'company' }, 'ada'),
    permissions: ['edit', 'delete'],
    ...change,
  }
}

function withViews(...items: object[]) {
  server.use(http.get('*/v1/goal-views', () => HttpResponse.json({ items, next_cursor: null })))
}

beforeEach(() => {
  signIn()
  server.use(http.get('*/v1/me', () => HttpResponse.json(ME)))
})

describe('the menu of views', () => {
  test('teaches what it is for as long as there is none', async () => {
    withViews()
    const { user } = renderPart(<ViewsMenu search={{}} onSearch={vi.fn()} />)
    await user.click(await screen.findByRole('button', { name: 'Views' }))
    expect(await screen.findByText(/one click away/)).toBeInTheDocument()
    expect(screen.queryByRole('menuitem', { name: 'All goals' })).not.toBeInTheDocument()
  })

  test('opens one with all that it asks for, and with nothing else', async () => {
    withViews(view({}), view({ id: 's', name: 'Ours', is_shared: true, permissions: [] }))
    const onSearch = vi.fn()
    const { user } = renderPart(<ViewsMenu search={{ q: 'x' }} onSearch={onSearch} />)
    await user.click(await screen.findByRole('button', { name: 'Views' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Ours' }))
    expect(onSearch).toHaveBeenCalledWith(
      expect.objectContaining({ level: 'company', q: undefined, saved: 's' }),
    )
  })

  test('offers of a shared view what the API allows', async () => {
    withViews(view({ is_shared: true, permissions: [] }))
    const search = { level: 'team', saved: 'v' } as const
    const { user } = renderPart(<ViewsMenu search={search} onSearch={vi.fn()} />)
    const button = await screen.findByRole('button', { name: 'Views: The company' })
    expect(button).toHaveTextContent('The company *')
    await user.click(button)
    const menu = await screen.findByRole('menu')
    expect(within(menu).getByRole('menuitem', { name: 'Open goals with it' })).toBeInTheDocument()
    for (const name of ['Save changes', 'Rename…', 'Delete', 'Share with everybody']) {
      expect(within(menu).queryByRole('menuitem', { name })).not.toBeInTheDocument()
    }
  })

  test('a name that is taken is said in the dialog', async () => {
    withViews()
    server.use(http.post('*/v1/goal-views', () => problem(409, 'view_name_taken')))
    const { user } = renderPart(<ViewsMenu search={{}} onSearch={vi.fn()} />)
    await user.click(await screen.findByRole('button', { name: 'Views' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Save as…' }))
    await user.type(await screen.findByRole('textbox', { name: /Name/ }), 'The company')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(screen.getByText('You have a view of this name already.')).toBeInTheDocument(),
    )
  })
})
