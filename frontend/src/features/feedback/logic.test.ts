import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { FeedbackVisibility } from '@/api/gen/types.gen'
import { createFormat } from '@/i18n/format'
import { startI18n } from '@/i18n/i18n'
import { BEN, CHIARA, feedback, SETTINGS } from '@/test/feedback'
import { ME } from '@/test/fixtures'
import { audienceText, namesOf } from './audience'
import {
  editBody,
  fieldsOf,
  giveBody,
  NO_WORDS,
  newFields,
  placeIn,
  textOf,
  usual,
} from './give/fields'
import { choiceFor, choicesFor, requestBody } from './requests/fields'
import { columnsOf, wallQuery } from './wall'
import { joined, takenApart } from './words'

beforeAll(() => startI18n('en'))

const { list } = createFormat('en')
const ada = ME.person

function audience(
  visibility: Parameters<typeof audienceText>[2],
  between: Parameters<typeof audienceText>[3],
) {
  return audienceText(i18next.t, list, visibility, between, ada.id)
}

const fromMe = { giver: ada, receivers: [BEN] }
const toMe = { giver: BEN, receivers: [ada] }

test('who reads it is said in words, the reader first', () => {
  expect(audience('public', fromMe)).toBe('Everybody')
  expect(audience('recipient', fromMe)).toBe('Only you and Ben Okafor')
  expect(audience('recipient', toMe)).toBe('Only you and Ben Okafor')
  expect(audience('recipient_and_manager', toMe)).toBe('Only you, Ben Okafor and your manager')
  expect(audience('recipient_and_manager', fromMe)).toBe(
    'Only you, Ben Okafor and Ben Okafor’s manager',
  )
  expect(audience('manager', { giver: ada, receivers: [BEN, CHIARA] })).toBe(
    'Only you and their managers',
  )
  expect(audience('team', fromMe)).toBe('Only you, Ben Okafor and Ben Okafor’s teams')
})

test('whoever reads it as the manager is named so', () => {
  const others = { giver: CHIARA, receivers: [BEN] }
  expect(audience('recipient_and_manager', others)).toBe('Only Chiara Romano, Ben Okafor and you')
  expect(audience('manager', others)).toBe('Only Chiara Romano and you')
  expect(audience('manager', { giver: CHIARA, receivers: [BEN, ada] })).toBe(
    'Only Chiara Romano and their managers',
  )
})

test('who is not known yet is named by what they will do', () => {
  expect(audience('recipient', { giver: ada, receivers: [] })).toBe(
    'Only you and whoever receives it',
  )
  expect(audience('recipient', { giver: null, receivers: [ada] })).toBe(
    'Only you and whoever answers',
  )
  expect(audience('requester', { giver: null, receivers: [BEN], requester: ada })).toBe(
    'Only you and whoever answers',
  )
  expect(audience('requester', { giver: ada, receivers: [BEN] })).toBe('Only you and whoever asked')
})

test('of many people two are named, and the others counted', () => {
  const dan = { id: 'dan', name: 'Dan', job_title: null }
  const names = (people: Parameters<typeof namesOf>[1]) => list(namesOf(i18next.t, people, ada.id))
  expect(names([BEN, CHIARA, dan])).toBe('Ben Okafor, Chiara Romano and Dan')
  expect(names([BEN, CHIARA, dan, ada])).toBe('you, Ben Okafor and 2 more')
})

test('what is written in parts becomes the paragraphs of one text, and can be taken apart', () => {
  const parts = { situation: 'On Friday ', behaviour: '', impact: 'all was well.' }
  expect(joined(parts)).toBe('On Friday\n\nall was well.')
  expect(takenApart('One\n\nTwo\n\nThree\n\nFour')).toEqual({
    situation: 'One',
    behaviour: 'Two',
    impact: 'Three\n\nFour',
  })
  expect(textOf({ ...parts, text: 'not this', structured: true })).toBe(
    'On Friday\n\nall was well.',
  )
})

test('a place of the text is found where it was typed', () => {
  const whole = { ...NO_WORDS, text: '  On Friday' }
  expect(placeIn(whole, 3)).toEqual({ field: 'text', offset: 5 })
  const parts = {
    ...NO_WORDS,
    structured: true,
    situation: ' On Friday ',
    impact: '\nall was well',
  }
  const at = (words: string) => placeIn(parts, textOf(parts).indexOf(words))
  expect(at('Friday')).toEqual({ field: 'situation', offset: 4 })
  expect(at('all')).toEqual({ field: 'impact', offset: 1 })
  expect(at('well')).toEqual({ field: 'impact', offset: 9 })
})

test('the usual audience is taken where it is offered, and the first otherwise', () => {
  expect(usual(SETTINGS, 'praise')).toBe('public')
  expect(usual(SETTINGS, 'advice')).toBe('recipient')
  expect(usual({ ...SETTINGS, advice_visibilities: ['manager'] }, 'advice')).toBe('manager')
})

test('what is sent is what the API takes', () => {
  const fields = { ...newFields('praise', SETTINGS, [BEN]), text: ' Thanks ', skills: ['Care'] }
  expect(giveBody(fields)).toEqual({
    receiver_ids: ['ben'],
    kind: 'praise',
    visibility: 'public',
    text: 'Thanks',
    value_ids: [],
    skills: ['Care'],
    goal_id: null,
  })
  const goal = { id: 'goal', title: 'Customers recommend us' }
  expect(editBody(fieldsOf(feedback({ goal, values: [{ id: 'v', name: 'Own it' }] })))).toEqual({
    text: 'Begin with the aim.',
    value_ids: ['v'],
    skills: [],
    goal_id: 'goal',
  })
})

test('a request is about oneself unless it is about somebody', () => {
  const fields = {
    about: 'me' as const,
    person: BEN,
    respondents: [CHIARA],
    questions: [
      { key: 'a', text: ' How was it? ' },
      { key: 'b', text: ' ' },
    ],
    visibility: 'recipient' as const,
    due_on: '',
  }
  expect(requestBody(fields)).toEqual({
    about_id: null,
    respondent_ids: ['chiara'],
    questions: ['How was it?'],
    visibility: 'recipient',
    due_on: null,
  })
  expect(requestBody({ ...fields, about: 'report' }).about_id).toBe('ben')
  const offered: FeedbackVisibility[] = ['recipient', 'recipient_and_manager', 'manager']
  expect(choiceFor('report', 'requester', offered)).toBe('requester')
  expect(choiceFor('colleague', 'requester', offered)).toBe('recipient')
  expect(choicesFor('me', ['recipient_and_manager'])).toEqual(['recipient_and_manager'])
  expect(choiceFor('me', 'recipient', ['recipient_and_manager'])).toBe('recipient_and_manager')
  expect(choicesFor('colleague', ['manager'])).toEqual([])
})

test('the newest stand side by side at the top of the wall', () => {
  expect(columnsOf([1, 2, 3, 4, 5], 2).map(({ items }) => items)).toEqual([
    [1, 3, 5],
    [2, 4],
  ])
  expect(columnsOf([1, 2], 1).map(({ items }) => items)).toEqual([[1, 2]])
  expect(wallQuery({ value: 'v', show: 'hidden' })).toEqual({ box: 'hidden', value_id: 'v' })
})
