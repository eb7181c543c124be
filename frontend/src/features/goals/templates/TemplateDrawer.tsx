import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { getGoalTemplateOptions } from '@/api/gen/@tanstack/react-query.gen'
import { addGoalTemplate, getGoalTemplate, updateGoalTemplate } from '@/api/gen/sdk.gen'
import type { GoalTemplate } from '@/api/gen/types.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { LOCALE_NAME, LOCALES } from '@/i18n/i18n'
import { changedFields } from '@/lib/patch'
import { emptyKeyResult } from '../goalFields'
import { KeyResultList } from '../KeyResultList'
import { isBlank } from '../rules'
import { useDraftLanguage } from '../smart/useSmartHints'
import { refreshTemplates } from './queries'
import {
  FUNCTIONS,
  fieldsOfTemplate,
  type TemplateFields,
  templateBody,
  templateErrors,
} from './template'

interface TemplateDrawerProps {
  /** Which to edit; none: one is added. */
  templateId: string | undefined
  onClosed: () => void
}

export function TemplateDrawer({ templateId, onClosed }: TemplateDrawerProps) {
  const template = useQuery({
    ...getGoalTemplateOptions({ path: { goal_template_id: templateId ?? '' } }),
    enabled: templateId !== undefined,
  })
  if (templateId !== undefined && !template.data) return null
  return <TemplateForm template={template.data} onClosed={onClosed} />
}

function newTemplate(language: TemplateFields['language']): TemplateFields {
  return {
    title: '',
    description: '',
    function: 'leadership',
    language,
    key_results: [emptyKeyResult()],
  }
}

interface TemplateFormProps {
  template: GoalTemplate | undefined
  onClosed: () => void
}

function TemplateForm({ template, onClosed }: TemplateFormProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const language = useDraftLanguage()
  const base = useRef(template)
  const fieldsOf = (stored: GoalTemplate | undefined) =>
    stored ? fieldsOfTemplate(stored) : newTemplate(language)
  const form = useForm<TemplateFields>({
    initialValues: fieldsOf(template),
    validate: (fields) => templateErrors(t, fields),
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (typed, tag) => {
      // A blank row is not meant. It leaves the form too, so that refusals find their rows.
      const key_results = typed.key_results.filter((row) => !isBlank(row))
      form.setFieldValue('key_results', key_results)
      const body = templateBody({ ...typed, key_results })
      if (!base.current) return addGoalTemplate({ body })
      return updateGoalTemplate({
        path: { goal_template_id: base.current.id },
        body: changedFields(body, templateBody(fieldsOfTemplate(base.current))),
        headers: ifMatch(tag),
      })
    },
    reload: async () => {
      const path = { goal_template_id: template?.id ?? '' }
      base.current = (await getGoalTemplate({ path })).data
      return fieldsOf(base.current)
    },
    onSaved: () => {
      refreshTemplates(queryClient)
      toastDone(t('template.saved', { title: form.getValues().title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={template ? t('template.edit') : t('template.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="lg"
    >
      <TextInput
        required
        data-autofocus
        label={t('goal.title')}
        placeholder={t('goal.titleExample')}
        maxLength={200}
        {...form.getInputProps('title')}
      />
      <Textarea
        autosize
        minRows={2}
        maxRows={10}
        label={t('goal.description')}
        description={t('goal.descriptionHint')}
        {...form.getInputProps('description')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('template.function')}
          allowDeselect={false}
          data={FUNCTIONS.map((value) => ({ value, label: t(`template.functions.${value}`) }))}
          {...form.getInputProps('function')}
        />
        <Select
          label={t('language.label')}
          allowDeselect={false}
          data={LOCALES.map((value) => ({ value, label: LOCALE_NAME[value] }))}
          {...form.getInputProps('language')}
        />
      </SimpleGrid>
      <KeyResultList form={form} dueBy="days" />
    </FormDrawer>
  )
}
