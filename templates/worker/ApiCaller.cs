namespace Company.Worker;

/// <summary>Calls the API once a minute.</summary>
internal sealed partial class ApiCaller(IHttpClientFactory httpClients, ILogger<ApiCaller> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                // The HttpClient gets the token, renews it in the background, and replaces it if the API answers 401.
                using var http = httpClients.CreateClient("worker");
                LogAnswer(await http.GetStringAsync("items", stoppingToken));
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !stoppingToken.IsCancellationRequested)
            {
                // A CognitoTokenException is an HttpRequestException: there was no token, so the request was not sent.
                LogFailure(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Information, "The API answered {Answer}")]
    private partial void LogAnswer(string answer);

    [LoggerMessage(2, LogLevel.Error, "The call failed.")]
    private partial void LogFailure(Exception error);
}
