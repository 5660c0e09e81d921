using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Problems;

/// <summary>
/// Describes the problem in bodies that others write, such as the status code pages middleware. What the application sets in
/// <see cref="ProblemDetailsOptions.CustomizeProblemDetails"/> wins.
/// </summary>
internal sealed class ProblemDescription : IPostConfigureOptions<ProblemDetailsOptions>
{
    public void PostConfigure(string? name, ProblemDetailsOptions options)
    {
        var application = options.CustomizeProblemDetails;
        options.CustomizeProblemDetails = context =>
        {
            ResponseProblem.Find(context.HttpContext)?.Describe(context.ProblemDetails);
            application?.Invoke(context);
        };
    }
}
