namespace CognitoM2M.Cli.Help;

/// <summary>The examples in the help of each command. A test parses each of them.</summary>
internal static class CommandExamples
{
    private const string Pool = "eu-west-1_AbCdEf123";
    private const string Secrets = "cognito-m2m.secrets.json";

    private static readonly Dictionary<string, CommandExample[]> _examples = new(StringComparer.Ordinal)
    {
        [""] =
        [
            new("From nothing to a token, without an AWS account (emulate runs in another shell)", "cognito-m2m emulate"),
            new("Write a blueprint", "cognito-m2m init"),
            new("Create what it describes", $"cognito-m2m apply --yes --secrets {Secrets} --wait"),
            new("Get a token", "cognito-m2m token --decode"),
        ],
        ["help"] = [new("The help of a command", "cognito-m2m help user create"), new("The exit codes", "cognito-m2m help exit-codes")],
        ["completion"] =
        [
            new("bash: this line in ~/.bashrc", "source <(cognito-m2m completion bash)"),
            new("zsh: this line in ~/.zshrc, after compinit", "source <(cognito-m2m completion zsh)"),
            new("PowerShell: this line in $PROFILE", "cognito-m2m completion pwsh | Out-String | Invoke-Expression"),
        ],
        ["init"] =
        [
            new("Write cognito-m2m.json", "cognito-m2m init"),
            new("With names of your own", "cognito-m2m init shop.json --name shop --prefix acme-shop"),
        ],
        ["import"] =
        [
            new("Take over a whole user pool", $"cognito-m2m import --pool {Pool} --output cognito-m2m.json"),
            new("Take over two app clients", $"cognito-m2m import --pool {Pool} --output cognito-m2m.json --client billing --client orders"),
        ],
        ["plan"] =
        [
            new("See what would change", "cognito-m2m plan"),
            new("Save the plan for a later step of a pipeline", "cognito-m2m plan --output plan.json --detailed-exitcode"),
        ],
        ["apply"] =
        [
            new("Ask, make the changes, and store the secrets", $"cognito-m2m apply --secrets {Secrets}"),
            new("In a pipeline, with a saved plan", $"cognito-m2m apply --plan plan.json --yes --secrets {Secrets}"),
            new("Store the secrets in Parameter Store, and wait for tokens", "cognito-m2m apply --yes --secrets ssm:/acme/m2m --wait --wait-timeout 60"),
        ],
        ["outputs"] = [new("See ids and addresses", "cognito-m2m outputs"), new("As JSON, for a script", "cognito-m2m outputs --json")],
        ["token"] =
        [
            new("Print the claims of a token of the only app client", "cognito-m2m token --decode"),
            new("A token of one app client, with one scope", "cognito-m2m token --client billing --scope orders/read"),
            new("Without a configuration file", "cognito-m2m token --client-id 1example23456789abcdefghij --client-secret-file - --domain acme-m2m --region eu-west-1"),
        ],
        ["verify"] =
        [
            new("Verify a token of any app client", $"cognito-m2m token | cognito-m2m verify --user-pool-id {Pool} --any-client"),
            new("As the API does that requires a scope", $"cognito-m2m token | cognito-m2m verify --user-pool-id {Pool} --client-id 1example23456789abcdefghij --scope orders/read"),
        ],
        ["doctor"] =
        [
            new("Examine the settings of a service, and the API that it calls", "cognito-m2m doctor --config appsettings.json --api https://api.example.com/orders"),
            new("Examine an app client of a blueprint", "cognito-m2m doctor cognito-m2m.json --client billing"),
        ],
        ["rotate-secret"] =
        [
            new("In one step: add, store, wait, delete the old secret", $"cognito-m2m rotate-secret --client billing --secrets {Secrets}"),
            new("In two steps, if services get the secret later", $"cognito-m2m rotate-secret --client billing --keep-old --secrets {Secrets}"),
            new("The second step, when every service has the new secret", $"cognito-m2m rotate-secret --client billing --finish --delete-after 65 --secrets {Secrets}"),
        ],
        ["user"] = [new("The help of one of these commands", "cognito-m2m help user create")],
        ["user create"] =
        [
            new("A technical user, with the password in a file", $"cognito-m2m user create billing@example.com --secrets {Secrets}"),
            new("A user for a test", $"cognito-m2m user create --temporary --pool {Pool} --show-secret"),
        ],
        ["user delete"] = [new("Delete a user", $"cognito-m2m user delete billing@example.com --pool {Pool}")],
        ["user sweep"] =
        [
            new("See which users killed runs left behind", $"cognito-m2m user sweep --pool {Pool} --dry-run"),
            new("Delete them once a day", $"cognito-m2m user sweep --pool {Pool} --older-than 1d --yes"),
        ],
        ["with-user"] = [new("Run tests with a user of their own", $"cognito-m2m with-user --pool {Pool} --client billing -- dotnet test")],
        ["policy"] =
        [
            new("For apply, in one region of one account", "cognito-m2m policy --region eu-west-1 --account-id 123456789012"),
            new("For plan and outputs alone", "cognito-m2m policy --read-only"),
            new("For a pipeline that creates users for tests", $"cognito-m2m policy --temporary-users --user-pool-id {Pool}"),
        ],
        ["cost"] =
        [
            new("An estimate", "cognito-m2m cost --app-clients 3 --processes 20 --calls 2000000"),
            new("From the meters of a month", "cognito-m2m cost --requests 2900 --saved-requests 55000"),
        ],
        ["destroy"] = [new("See what would be deleted, and confirm it", "cognito-m2m destroy"), new("In a pipeline", "cognito-m2m destroy --yes")],
        ["emulate"] =
        [
            new("On this machine, until Ctrl+C", "cognito-m2m emulate"),
            new("With user pools that survive a restart", "cognito-m2m emulate --state cognito-m2m.state.json --seed cognito-m2m.json"),
            new("For other containers", "cognito-m2m emulate --listen 0.0.0.0:9229 --public-url http://cognito:9229"),
        ],
    };

    /// <summary>The examples of a command, given by its words such as <c>user create</c>; empty text means the tool without a command.</summary>
    public static IReadOnlyList<CommandExample> Find(string command) => _examples.GetValueOrDefault(command) ?? [];
}
