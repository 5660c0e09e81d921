global using Assistants;

namespace Assistants;

internal sealed class ReportsApi(HttpClient http)
{
    public HttpClient Http { get; } = http;
}
