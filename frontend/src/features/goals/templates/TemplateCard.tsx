import { Badge, Card, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LOCALE_NAME } from '@/i18n/i18n'
import { TemplateMeasures } from './TemplateMeasures'
import type { Beginning } from './template'

interface TemplateCardProps {
  template: Beginning & { language?: keyof typeof LOCALE_NAME }
  isOwn?: boolean
  children: ReactNode
}

/** A template, what it measures, and beside its title what can be done with it. */
export function TemplateCard({ template, isOwn, children }: TemplateCardProps) {
  const { t, i18n } = useTranslation()
  const { language } = template
  return (
    <Card component="li" p="md" shadow="none">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600} lang={language}>
            {template.title}
          </Text>
          <Group gap={6} mt={4}>
            <Badge size="sm" color="gray">
              {t(`template.functions.${template.function}`)}
            </Badge>
            {isOwn && (
              <Badge size="sm" color="brand">
                {t('template.own')}
              </Badge>
            )}
            {language && language !== i18n.language && (
              <Badge size="sm" color="gray" lang={language}>
                {LOCALE_NAME[language]}
              </Badge>
            )}
          </Group>
        </div>
        <Group gap={4} wrap="nowrap">
          {children}
        </Group>
      </Group>
      <TemplateMeasures measures={template.key_results} />
    </Card>
  )
}
