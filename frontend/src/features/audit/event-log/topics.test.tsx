import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPart } from '@/test/render'
import { withApi } from '@/test/server'
import { useTopics } from './topics'

withApi()

function Topics() {
  const { known, textOf } = useTopics()
  return (
    <>
      <p>{textOf('goals.goal_closed')}</p>
      <p>{textOf('goals.goal_invented')}</p>
      <p>{textOf('nonsense')}</p>
      <p>{known.filter((topic) => topic === 'people.person_left').length} known</p>
    </>
  )
}

test('a topic has words, and one without them stands for itself', async () => {
  renderPart(<Topics />)
  expect(await screen.findByText('Goal closed')).toBeInTheDocument()
  expect(screen.getByText('goals.goal_invented')).toBeInTheDocument()
  expect(screen.getByText('nonsense')).toBeInTheDocument()
  expect(screen.getByText('1 known')).toBeInTheDocument()
})
