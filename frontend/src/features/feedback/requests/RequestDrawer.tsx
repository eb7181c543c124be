import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { getFeedbackSettingsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { requestFeedback } from '@/api/gen/sdk.gen'
import type { FeedbackVisibility, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { FormDrawer } from '@/components/FormDrawer'
import { PeoplePicker } from '@/components/PeoplePicker'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useIsNarrow } from '@/components/useIsNarrow'
import { myTeamFeed, personOptions } from '@/features/people/queries'
import { today } from '@/lib/dates'
import { randomId } from '@/lib/ids'
import { AudienceChoice } from '../AudienceChoice'
import { useRefreshFeedback } from '../queries'
import { ABOUT, type About, choiceFor, choicesFor, type RequestFields, requestBody } from './fields'
import { QuestionsInput } from './QuestionsInput'

interface RequestDrawerProps {
  /** The id of whom to ask, where that is known. */
  of?: string
  onClosed: () => void
}

/** Asks colleagues for feedback: about oneself, a report, or for a colleague. */
export function RequestDrawer({ of, onClosed }: RequestDrawerProps) {
  const { data: person, isPending } = useQuery({
    ...personOptions(of ?? ''),
    enabled: Boolean(of),
  })
  const { data: settings } = useQuery(getFeedbackSettingsOptions())
  if (!settings || (of && isPending)) return null
  const respondents = person
    ? [{ id: person.id, name: person.name, job_title: person.job_title }]
    : []
  const offered = settings.advice_visibilities
  return <RequestForm offered={offered} respondents={respondents} onClosed={onClosed} />
}

/** One of those who report to oneself. */
function ReportInput(props: {
  value: PersonRef | null
  onChange: (person: PersonRef | null) => void
  error?: ReactNode
}) {
  const { t } = useTranslation()
  const me = useMe()
  const team = itemsOf(useInfiniteQuery(myTeamFeed(me.person.id)).data)
  return (
    <Select
      required
      searchable
      label={t('requests.whom')}
      placeholder={t('personPicker.placeholder')}
      data={team.map(({ id, name }) => ({ value: id, label: name }))}
      value={props.value?.id ?? null}
      error={props.error}
      onChange={(id) => props.onChange(team.find((one) => one.id === id) ?? null)}
    />
  )
}

function RequestForm({
  offered,
  respondents,
  onClosed,
}: {
  /** As what advice is given here. */
  offered: FeedbackVisibility[]
  respondents: PersonRef[]
  onClosed: () => void
}) {
  const { t } = useTranslation()
  const me = useMe()
  const isNarrow = useIsNarrow()
  const refresh = useRefreshFeedback()
  const subjects = ABOUT.filter(
    (one) => (one !== 'report' || me.manages_people) && choicesFor(one, offered).length > 0,
  )
  const [first = 'me'] = subjects
  const form = useForm<RequestFields>({
    initialValues: {
      about: first,
      person: null,
      respondents,
      questions: [{ key: randomId(), text: '' }],
      visibility: choiceFor(first, 'recipient', offered),
      due_on: '',
    },
    validate: {
      person: (person, { about }) => (about === 'me' || person ? null : t('form.required')),
      respondents: (people) => (people.length > 0 ? null : t('feedback.nobodyChosen')),
      questions: {
        text: (_, { questions }, path) => {
          const isSome = questions.some(({ text }) => text.trim())
          return isSome || path !== 'questions.0.text' ? null : t('form.required')
        },
      },
      due_on: (day) => (day === '' || day >= today() ? null : t('requests.inThePast')),
    },
  })
  const save = useFormSave({
    form,
    send: (fields) => requestFeedback({ body: requestBody(fields) }),
    onSaved: () => {
      toastDone(t('requests.sent'))
      refresh()
      onClosed()
    },
  })
  const { about, person, visibility } = form.values
  const receivers = about === 'me' ? [me.person] : person ? [person] : []
  const askAbout = (next: About) =>
    form.setValues({ about: next, person: null, visibility: choiceFor(next, visibility, offered) })
  return (
    <FormDrawer
      title={t('requests.new')}
      submitLabel={t('requests.send')}
      save={save}
      onClosed={onClosed}
    >
      <SegmentedControl
        fullWidth
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        aria-label={t('requests.about')}
        data={subjects.map((one) => ({ value: one, label: t(`requests.aboutWhom.${one}`) }))}
        value={about}
        onChange={(next) => askAbout(next as About)}
      />
      {about === 'report' && (
        <ReportInput
          value={person}
          error={form.errors.person}
          onChange={(next) => form.setFieldValue('person', next)}
        />
      )}
      {about === 'colleague' && (
        <PersonPicker
          required
          label={t('requests.whom')}
          without={me.person.id}
          {...form.getInputProps('person')}
        />
      )}
      <PeoplePicker
        required
        data-autofocus={respondents.length === 0 || undefined}
        openOnFocus={false}
        label={t('requests.respondents')}
        description={t('requests.respondentsHint')}
        maxValues={30}
        without={me.person.id}
        {...form.getInputProps('respondents')}
      />
      <QuestionsInput form={form} />
      <AudienceChoice
        label={t('requests.readers')}
        choices={choicesFor(about, offered)}
        titleOf={(choice) => t(`requests.choice.${about === 'me' ? 'mine' : 'theirs'}.${choice}`)}
        between={{ giver: null, receivers, requester: me.person }}
        value={visibility}
        onChange={(next) => form.setFieldValue('visibility', next)}
        error={form.errors.visibility}
      />
      <TextInput
        type="date"
        min={today()}
        label={t('requests.due')}
        description={t('requests.dueHint')}
        {...form.getInputProps('due_on')}
      />
    </FormDrawer>
  )
}
