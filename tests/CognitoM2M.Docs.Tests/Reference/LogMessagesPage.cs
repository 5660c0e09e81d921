using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every log message of every package, from the attributes and the XML docs of the methods that log.</summary>
internal static class LogMessagesPage
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Where the messages of a package without a constant for its category go.</summary>
    private static readonly Dictionary<string, string> _otherLogs = new(StringComparer.Ordinal)
    {
        ["CognitoM2M.Aspire.Hosting"] = "The messages are in the log of the resource, which the dashboard shows.",
        ["CognitoM2M.AspNetCore.JwtBearer"] = "The category is `CognitoM2M.AspNetCore.JwtBearer`.",
        ["CognitoM2M.Lambda"] = "The messages go to the logger that the options of the authorizer name.",
    };

    public static string Write()
    {
        var page = new ReferencePage(
            "Log messages",
            "This page lists every message that the packages log, with its event id and level. No message contains a token, a secret or a password.\n\n"
                + "A name in braces, such as `{ClientName}`, is a field of the structured message. An event id is unique within its category.");
        foreach (var package in Packages.All.Where(package => List(package).Any()))
            page.Section(package.GetName().Name!, DescribeLog(package)).Table(["Event", "Level", "Message", "Meaning"], List(package).Select(CreateRow));
        return page.ToString();
    }

    /// <summary>
    /// Finds log messages without a description: the comment of the method must say what the message means or what to do. Messages of the
    /// levels Debug and Information need no description.
    /// </summary>
    public static IEnumerable<string> FindUndescribed() =>
        from package in Packages.All
        from message in List(package)
        where message.Log.Level is not (LogLevel.Debug or LogLevel.Information) && CreateRow(message)[3].Length == 0
        select $"{package.GetName().Name} {message.Method.Name}";

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Log)> List(Assembly package) =>
        from type in package.GetTypes()
        from method in type.GetMethods(Any)
        let log = method.GetCustomAttribute<LoggerMessageAttribute>()
        where log is not null
        orderby log.EventId
        select (method, log);

    private static string[] CreateRow((MethodInfo Method, LoggerMessageAttribute Log) message) =>
    [
        $"{message.Log.EventId}",
        message.Log.Level == LogLevel.None ? "by the failure" : $"{message.Log.Level}",
        message.Log.Message.Replace("|", "\\|", StringComparison.Ordinal),
        XmlDocs.ReadMethod(message.Method),
    ];

    private static string DescribeLog(Assembly package)
    {
        var category = package.GetExportedTypes().SelectMany(Packages.ListConstants).FirstOrDefault(constant => constant.Name == "LogCategoryName").Value;
        return category is null ? _otherLogs[package.GetName().Name!] : $"The category is `{category}`.";
    }
}
