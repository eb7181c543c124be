import { SegmentedControl } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { getFeedbackSettingsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { giveFeedback } from '@/api/gen/sdk.gen'
import type { Feedback, FeedbackKind, FeedbackSettings, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { FormDrawer } from '@/components/FormDrawer'
import { PeoplePicker } from '@/components/PeoplePicker'
import { toastDone } from '@/components/toasts'
import { useDraft } from '@/components/useDraft'
import { useFormSave } from '@/components/useFormSave'
import { personOptions } from '@/features/people/queries'
import { useFormat } from '@/i18n/format'
import { AudienceChoice } from '../AudienceChoice'
import { namesOf } from '../audience'
import { useRefreshFeedback } from '../queries'
import { DraftBack, useDraftNote } from './DraftBack'
import { type GiveFields, giveBody, newFields, offered, textOf, usual } from './fields'
import { SubjectInputs } from './SubjectInputs'
import { WordsInput } from './WordsInput'

interface GiveDrawerProps {
  kind: FeedbackKind
  /** The id of whom it is for, where that is known. */
  to?: string
  onClosed: () => void
}

/** Where one praises or advises colleagues. */
export function GiveDrawer({ to, ...props }: GiveDrawerProps) {
  const { data: settings } = useQuery(getFeedbackSettingsOptions())
  const receiver = useQuery({ ...personOptions(to ?? ''), enabled: Boolean(to) })
  if (!settings || (to && receiver.isPending)) return null
  const { data: person } = receiver
  const receivers = person
    ? [{ id: person.id, name: person.name, job_title: person.job_title }]
    : []
  return <GiveForm settings={settings} receivers={receivers} {...props} />
}

interface GiveFormProps extends Omit<GiveDrawerProps, 'to'> {
  settings: FeedbackSettings
  receivers: PersonRef[]
}

function GiveForm({ kind, settings, receivers, onClosed }: GiveFormProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const refresh = useRefreshFeedback()
  const form = useForm<GiveFields>({
    initialValues: newFields(kind, settings, receivers),
    validate: {
      receivers: (people) => (people.length > 0 ? null : t('feedback.nobodyChosen')),
      text: (_, fields) => (textOf(fields) || fields.structured ? null : t('form.required')),
      situation: (_, fields) => (textOf(fields) || !fields.structured ? null : t('form.required')),
    },
  })
  const draft = useDraft(form, `feedback.${me.person.id}.${receivers[0]?.id ?? 'anybody'}`)
  const { values } = form
  const save = useFormSave({
    form,
    send: async (fields) =>
      documentOf<Feedback>((await giveFeedback({ body: giveBody(fields) })).data),
    onSaved: () => {
      draft.forget()
      refresh()
      const names = format.list(namesOf(t, values.receivers, me.person.id))
      toastDone(t(`feedback.given.${values.kind}`, { names }))
      onClosed()
    },
  })
  const switchTo = (next: FeedbackKind) =>
    form.setValues({ kind: next, visibility: usual(settings, next) })
  return (
    <FormDrawer
      title={t(`feedback.give.${values.kind}`)}
      submitLabel={t(`feedback.give.${values.kind}`)}
      save={save}
      onClosed={onClosed}
      onDiscard={draft.forget}
      note={useDraftNote(draft)}
    >
      <DraftBack draft={draft} />
      <SegmentedControl
        fullWidth
        aria-label={t('feedback.kindLabel')}
        data={(['praise', 'advice'] as const).map((one) => ({
          value: one,
          label: t(`feedback.kind.${one}`),
        }))}
        value={values.kind}
        onChange={(next) => switchTo(next as FeedbackKind)}
      />
      <PeoplePicker
        required
        data-autofocus={receivers.length === 0 || undefined}
        openOnFocus={false}
        label={t('feedback.for')}
        maxValues={30}
        without={me.person.id}
        {...form.getInputProps('receivers')}
      />
      <WordsInput
        form={form}
        label={t('feedback.text')}
        placeholder={t(`feedback.placeholder.${values.kind}`)}
        autoFocus={receivers.length > 0}
        kind={values.kind}
        receivers={values.receivers}
      />
      <AudienceChoice
        label={t('audience.label')}
        choices={offered(settings, values.kind)}
        between={{ giver: me.person, receivers: values.receivers }}
        value={values.visibility}
        onChange={(visibility) => form.setFieldValue('visibility', visibility)}
        error={form.errors.visibility}
      />
      <SubjectInputs form={form} people={values.receivers} />
    </FormDrawer>
  )
}
