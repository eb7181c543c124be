import { ActionIcon, Button, Card, Stack, Text, Title } from '@mantine/core'
import { IconPencil, IconPlus, IconTemplate } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { RemoveTemplate } from './RemoveTemplate'
import { TemplateCard } from './TemplateCard'
import { TemplateDrawer } from './TemplateDrawer'
import { TemplateFilter } from './TemplateFilter'
import type { Beginning } from './template'
import { useTemplates } from './useTemplates'

interface TemplatesPageProps {
  /** The template that is edited, or `new`. */
  editing: string | undefined
  onEdit: (templateId: string | undefined) => void
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <Card component="section" aria-labelledby={id}>
      <Title order={2} mb="md" id={id}>
        {title}
      </Title>
      {children}
    </Card>
  )
}

/** Opens the form of a new goal that begins with it. */
function UseLink({ template, name }: { template: Beginning; name: string }) {
  const { t } = useTranslation()
  return (
    <Button
      size="xs"
      variant="light"
      aria-label={t('template.use', { title: template.title })}
      renderRoot={(props) => <Link to="/goals" search={{ new: true, template: name }} {...props} />}
    >
      {t('common.use')}
    </Button>
  )
}

/** What others can begin with: the organization's own, and those that come along. */
export function TemplatesPage({ editing, onEdit }: TemplatesPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { filter, feed, own, library, isThere } = useTemplates()
  const mayManage = may(me, 'manage_goal_templates')
  const add = mayManage && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onEdit('new')}>
      {t('template.add')}
    </Button>
  )
  const isFiltered = filter.words.trim() !== '' || filter.fn !== null
  return (
    <>
      <PageHeader title={t('template.page')} subtitle={t('template.subtitle')} actions={add} />
      <Stack gap="lg" maw={860}>
        <TemplateFilter {...filter} />
        {isThere && (
          <>
            <Section title={t('template.own')}>
              {own.length === 0 && !isFiltered && (
                <EmptyState icon={IconTemplate} title={t('template.emptyTitle')}>
                  {t(mayManage ? 'template.emptyText' : 'template.emptyOthers')}
                </EmptyState>
              )}
              {own.length === 0 && isFiltered && <Text size="sm">{t('template.none')}</Text>}
              <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
                {own.map((template) => (
                  <TemplateCard key={template.id} template={template}>
                    {may(template, 'edit') && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('common.editNamed', { name: template.title })}
                        onClick={() => onEdit(template.id)}
                      >
                        <IconPencil size={17} stroke={1.7} />
                      </ActionIcon>
                    )}
                    {may(template, 'remove') && <RemoveTemplate template={template} />}
                    <UseLink template={template} name={template.id} />
                  </TemplateCard>
                ))}
              </Stack>
              <LoadMore feed={feed} />
            </Section>
            <Section title={t('template.library')}>
              <Text size="sm" c="dimmed" mb="md">
                {t('template.figures')}
              </Text>
              {library.length === 0 && <Text size="sm">{t('template.none')}</Text>}
              <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
                {library.map((template) => (
                  <TemplateCard key={template.key} template={template}>
                    <UseLink template={template} name={template.key} />
                  </TemplateCard>
                ))}
              </Stack>
            </Section>
          </>
        )}
      </Stack>
      {editing && mayManage && (
        <TemplateDrawer
          key={editing}
          templateId={editing === 'new' ? undefined : editing}
          onClosed={() => onEdit(undefined)}
        />
      )}
    </>
  )
}
