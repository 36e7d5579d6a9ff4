// A host with threads, which does to a login what only such a host can do.
//
//     thread-login fork|cancel COUNT FOLDER SERVICE USER REPLY
//
// FOLDER holds the stacks (pam_start_confdir(3)). Either one thread logs in over and over while
// another one forks COUNT children that do nothing but live on, with every descriptor that was open
// then; or COUNT threads log in one after the other and are cancelled (pthread_cancel(3)) at a random
// moment within 6 milliseconds. Prints what pam_authenticate returns after that, while the children
// are there, and how many more descriptors are open than after a login before; for `cancel` also how
// many threads were cancelled before they had ended.

#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const char *folder, *service, *user, *reply;
static atomic_int is_over;

static int converse(
    int count, const struct pam_message **messages, struct pam_response **replies, void *data)
{
    (void)data;
    *replies = calloc((size_t)count, sizeof **replies);
    for (int index = 0; index < count; index++)
        if (messages[index]->msg_style == PAM_PROMPT_ECHO_OFF
            || messages[index]->msg_style == PAM_PROMPT_ECHO_ON)
            (*replies)[index].resp = strdup(reply);
    return PAM_SUCCESS;
}

static void do_not_delay(int code, unsigned delay, void *data)
{
    (void)code, (void)delay, (void)data;
}

static int authenticate(void)
{
    const struct pam_conv conversation = {converse, NULL};
    pam_handle_t *pamh = NULL;
    if (pam_start_confdir(service, user, &conversation, folder, &pamh) != PAM_SUCCESS) exit(71);
    pam_set_item(pamh, PAM_FAIL_DELAY, (void *)do_not_delay);
    int code = pam_authenticate(pamh, 0);
    pam_end(pamh, code);
    return code;
}

static void *log_in_once(void *nothing)
{
    authenticate();
    return nothing;
}

static void *log_in_until_over(void *nothing)
{
    while (!is_over) authenticate();
    return nothing;
}

static int open_descriptors(void)
{
    int count = 0;
    DIR *descriptors = opendir("/proc/self/fd");
    if (descriptors == NULL) exit(71);
    while (readdir(descriptors) != NULL) count++;
    closedir(descriptors);
    return count;
}

static void fork_beside(int count)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, log_in_until_over, NULL) != 0) exit(71);
    for (int child = 0; child < count; child++) {
        pid_t process = fork();
        if (process < 0) exit(71);
        if (process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;) pause();
        }
        usleep(300);
    }
    is_over = 1;
    pthread_join(thread, NULL);
}

static int cancel(int count)
{
    int cancelled = 0;
    srandom(1);
    for (int attempt = 0; attempt < count; attempt++) {
        pthread_t thread;
        void *outcome;
        if (pthread_create(&thread, NULL, log_in_once, NULL) != 0) exit(71);
        usleep((useconds_t)(random() % 6000));
        pthread_cancel(thread);
        pthread_join(thread, &outcome);
        cancelled += outcome == PTHREAD_CANCELED;
    }
    return cancelled;
}

int main(int argc, char **argv)
{
    if (argc != 7) return 64;
    int count = atoi(argv[2]);
    folder = argv[3], service = argv[4], user = argv[5], reply = argv[6];

    authenticate();
    int before = open_descriptors();
    if (strcmp(argv[1], "fork") == 0)
        fork_beside(count);
    else if (strcmp(argv[1], "cancel") == 0)
        printf("cancelled %d, ", cancel(count));
    else
        return 64;
    int more = open_descriptors() - before;
    printf("then %d, descriptors %d\n", authenticate(), more);
    return 0;
}
