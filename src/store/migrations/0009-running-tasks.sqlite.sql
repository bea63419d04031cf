-- Those that run are paged through by id, and counted for their application.
drop index background_task_running;
create index background_task_running on background_task (id) where status = 'running';
create index background_task_running_by_application on background_task (application_id) where status = 'running';
